package dev.mailroom.facade;

/** What {@link MailFacade#errorInfo(ErrorInfoPart)} returns. */
public enum ErrorInfoPart {
    /** {@code errMessage}: the message for a person. */
    ERR_MESSAGE,
    /** {@code errCode}: a stable number, see {@link MailError.Code}. */
    ERR_CODE,
    /** {@code errFullDetails}: phase, reply code, enhanced status code, server's text, host and port, line by line. */
    ERR_FULL_DETAILS
}
