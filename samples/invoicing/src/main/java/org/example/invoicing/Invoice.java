package org.example.invoicing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;

/** An invoice, and what became of its mail. */
@Entity
public class Invoice {
    @Id
    private int number;
    private String customer;
    @Column(precision = 10, scale = 2, nullable = false)
    private BigDecimal amount;
    private long mail;
    private String mailState = "PENDING";

    protected Invoice() {
    }

    Invoice(int number, String customer, BigDecimal amount) {
        this.number = number;
        this.customer = customer;
        this.amount = amount;
    }

    public int getNumber() {
        return number;
    }

    /** The customer's address. */
    public String getCustomer() {
        return customer;
    }

    public BigDecimal getAmount() {
        return amount;
    }

    /** PENDING, SENT, FAILED or IN_DOUBT. */
    public String getMailState() {
        return mailState;
    }

    void mailedAs(long identifier) {
        mail = identifier;
    }

    void settled(String state) {
        mailState = state;
    }
}
