package dev.mailroom.smtp;

/** As many dialogues as it takes to meet rare ones; before it, the unit tests run a share of them. */
class DialogueModelIT extends DialogueModelTest {
}
