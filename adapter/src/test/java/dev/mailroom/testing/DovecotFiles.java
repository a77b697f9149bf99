package dev.mailroom.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Base64;
import java.util.List;

/** The folder of a private Dovecot: configuration, mailboxes, log. All below it, nothing of the system's. */
final class DovecotFiles {
    private static final String OWNER = "mail";
    private final Path folder;

    /** The ports of a server. */
    record Ports(int pop3, int pop3s, int imap, int imaps) {
    }

    DovecotFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes everything but the mailboxes. */
    void write(Ports ports, String password, String mechanisms, byte[] tokenKey) throws IOException {
        // Dovecot's unprivileged processes must get through; createTempDirectory lets only the owner.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path keys = folder.resolve("keys/default/HS256");
        for (Path path : List.of(keys, folder.resolve("home"))) {
            Files.createDirectories(path);
        }
        own(folder.resolve("home"));
        Path pem = folder.resolve("server.pem");
        Files.createFile(pem, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        text(pem, TestCertificates.get().goodPem());
        text(keys.resolve("default"), Base64.getEncoder().encodeToString(tokenKey));
        text(folder.resolve("oauth2.conf"), """
                introspection_mode = local
                username_attribute = sub
                local_validation_key_dict = fs:posix:prefix=%s/keys/
                """.formatted(folder));
        text(configuration(), main(ports, password, mechanisms));
    }

    Path configuration() {
        return folder.resolve("dovecot.conf");
    }

    Path log() {
        return folder.resolve("mail.log");
    }

    /** A user's mailbox, made when it is first asked for. */
    Path mailbox(String user) throws IOException {
        Path mailbox = folder.resolve("home").resolve(user).resolve("Maildir");
        if (!Files.exists(mailbox)) {
            for (String part : List.of("tmp", "cur", "new")) {
                Files.createDirectories(mailbox.resolve(part));
                own(mailbox.resolve(part));
            }
            own(mailbox);
            own(mailbox.getParent());
        }
        return mailbox;
    }

    private void own(Path path) throws IOException {
        UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView owner = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        owner.setGroup(users.lookupPrincipalByGroupName(OWNER));
        owner.setOwner(users.lookupPrincipalByName(OWNER));
    }

    private static void text(Path file, String content) throws IOException {
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private String main(Ports ports, String password, String mechanisms) {
        return """
                base_dir = %1$s/run
                state_dir = %1$s/state
                instance_name = %2$s
                log_path = %3$s
                protocols = imap pop3
                listen = 127.0.0.1
                ssl = yes
                ssl_cert = <%1$s/server.pem
                ssl_key = <%1$s/server.pem
                disable_plaintext_auth = no
                auth_mechanisms = %6$s
                auth_failure_delay = 0
                # Nor does a refused login slow the next one from the same address down.
                service anvil {
                  unix_listener anvil-auth-penalty {
                    mode = 0
                  }
                }
                auth_username_format = %%u
                first_valid_uid = 1
                mail_fsync = never
                mail_max_userip_connections = 100
                mail_location = maildir:~/Maildir
                pop3_lock_session = yes
                namespace inbox {
                  inbox = yes
                  mailbox Sent {
                    auto = create
                    special_use = \\Sent
                  }
                }
                passdb {
                  driver = oauth2
                  mechanisms = xoauth2 oauthbearer
                  args = %1$s/oauth2.conf
                }
                passdb {
                  driver = static
                  args = password=%4$s
                }
                userdb {
                  driver = static
                  args = uid=%5$s gid=%5$s home=%1$s/home/%%u allow_all_users=yes
                }
                """.formatted(folder, folder.getFileName(), log(), password, OWNER,
                        mechanisms)
                + login("pop3", ports.pop3(), ports.pop3s()) + login("imap", ports.imap(), ports.imaps());
    }

    private static String login(String protocol, int plain, int implicit) {
        return """
                service %1$s-login {
                  inet_listener %1$s {
                    port = %2$d
                  }
                  inet_listener %1$ss {
                    port = %3$d
                    ssl = yes
                  }
                }
                """.formatted(protocol, plain, implicit);
    }
}
