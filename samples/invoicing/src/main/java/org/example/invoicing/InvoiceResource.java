package org.example.invoicing;

import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;

/** Invoices over HTTP. */
@Path("invoices")
@Produces(MediaType.APPLICATION_JSON)
public class InvoiceResource {
    @Inject
    private Invoicing invoicing;

    @POST
    public Invoice issue(@FormParam("number") int number, @FormParam("customer") String customer,
            @FormParam("amount") BigDecimal amount) {
        return invoicing.issue(number, customer, amount);
    }

    @GET
    @Path("{number}")
    public Invoice find(@PathParam("number") int number) {
        Invoice invoice = invoicing.find(number);
        if (invoice == null) {
            throw new NotFoundException("no invoice " + number);
        }
        return invoice;
    }
}
