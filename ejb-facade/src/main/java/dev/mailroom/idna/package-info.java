/**
 * Domains beyond ASCII as A-labels (IDNA 2008: RFC 5890 to 5893, RFC 3492). Letters are mapped as UTS 46 does without
 * its transitional rules: ß, the final sigma and the joiners of Indic and Arabic scripts stay what they are. Which
 * characters may stand in a domain is derived from their Unicode properties, by the algorithm of RFC 5892, and from the
 * runtime's own data, so that there is no table to grow old and no library as large as the rest of the server's mail
 * code; {@code java.net.IDN} knows IDNA 2003 alone. A test compares every code point and many domains with ICU.
 *
 * <p>Letters of another width and ideographic full stops, which input methods write, are mapped (RFC 5895). Stricter
 * than UTS 46 on purpose: what IDNA 2008 disallows (symbols, emoji) is refused, and so are characters that UTS 46 would
 * turn into others or leave out (ligatures, letter-like symbols, invisible ones): nobody types these by accident of the
 * keyboard, and the mail would go to a domain that was not written. An A-label that is given ready-made must be the
 * encoding of visible characters, of whichever edition of IDNA.
 */
package dev.mailroom.idna;
