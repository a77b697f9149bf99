package dev.mailroom.mime;

/** All drafts; before it, the unit tests run a share of them. */
class SameBytesAsJakartaMailIT extends SameBytesAsJakartaMailTest {
}
