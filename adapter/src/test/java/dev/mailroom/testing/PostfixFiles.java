package dev.mailroom.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/** The folder of a private Postfix: configuration, queue, passwords, log. All below it, nothing of the system's. */
final class PostfixFiles {
    /** The name the server gives itself, and the SASL realm. */
    static final String HOST = "mail.private.test";
    private final Path folder;

    PostfixFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes everything; a Postfix that starts on it relays every mail to the receiver's port. */
    void write(int plainPort, int submissionPort, int smtpsPort, int receiverPort) throws IOException {
        UserPrincipal postfix = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix");
        // Postfix's unprivileged processes must get through; createTempDirectory lets only the owner.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path path : List.of(configuration().resolve("sasl"), folder.resolve("queue"), folder.resolve("data"))) {
            Files.createDirectories(path);
        }
        Files.setOwner(folder.resolve("data"), postfix);
        Path pem = configuration().resolve("server.pem");
        Files.createFile(pem, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        text(pem, TestCertificates.get().goodPem());
        text(configuration().resolve("main.cf"), main(receiverPort));
        text(configuration().resolve("master.cf"), master(plainPort, submissionPort, smtpsPort));
        // The only change to a mail; without it contents could not be compared byte by byte.
        text(configuration().resolve("header_checks"), "/^Received: .*by " + HOST.replace(".", "\\.") + "/ IGNORE\n");
        mechanisms("PLAIN LOGIN");
    }

    /** The SASL mechanisms that processes started from now on offer. */
    void mechanisms(String offered) throws IOException {
        // Debian's smtpd looks below its configuration, whatever cyrus_sasl_config_path says.
        text(configuration().resolve("sasl/smtpd.conf"), """
                pwcheck_method: auxprop
                auxprop_plugin: sasldb
                sasldb_path: %s
                mech_list: %s
                """.formatted(passwords(), offered));
    }

    /** Hands the finished password file to the user that smtpd runs as. */
    void passwordsWritten() throws IOException {
        Files.setOwner(passwords(),
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    }

    Path configuration() {
        return folder.resolve("etc");
    }

    Path passwords() {
        return folder.resolve("sasldb2");
    }

    Path log() {
        return folder.resolve("mail.log");
    }

    Path pid() {
        return folder.resolve("queue/pid/master.pid");
    }

    private static void text(Path file, String content) throws IOException {
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private String main(int receiverPort) {
        return """
                compatibility_level = 3.6
                myhostname = %s
                queue_directory = %s/queue
                data_directory = %s/data
                maillog_file = %s
                maillog_file_prefixes = %s
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                mynetworks = 127.0.0.0/8
                mydestination =
                local_recipient_maps =
                alias_maps =
                alias_database =
                relayhost = [127.0.0.1]:%d
                smtp_dns_support_level = disabled
                smtp_tls_security_level = none
                queue_run_delay = 1s
                minimal_backoff_time = 1s
                maximal_backoff_time = 2s
                message_size_limit = 100000000
                mailbox_size_limit = 0
                local_header_rewrite_clients =
                message_drop_headers =
                header_checks = regexp:${config_directory}/header_checks
                disable_mime_output_conversion = yes
                smtp_line_length_limit = 0
                default_process_limit = 300
                smtpd_peername_lookup = no
                smtpd_relay_restrictions = permit_mynetworks, reject
                smtpd_tls_chain_files = ${config_directory}/server.pem
                smtpd_tls_auth_only = yes
                smtpd_sasl_type = cyrus
                smtpd_sasl_path = smtpd
                smtpd_sasl_local_domain = %s
                cyrus_sasl_config_path = ${config_directory}/sasl
                """.formatted(HOST, folder, folder, log(), folder, receiverPort, HOST);
    }

    private static String master(int plainPort, int submissionPort, int smtpsPort) {
        String authenticated = "  -o smtpd_sasl_auth_enable=yes\n"
                + "  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject\n";
        return "127.0.0.1:" + plainPort + " inet n - n - - smtpd\n  -o smtpd_tls_security_level=none\n"
                + "127.0.0.1:" + submissionPort + " inet n - n - - smtpd\n  -o smtpd_tls_security_level=encrypt\n"
                + authenticated
                + "127.0.0.1:" + smtpsPort + " inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n"
                + authenticated + """
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                tlsmgr unix - - n 1000? 1 tlsmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                verify unix - - n - 1 verify
                proxymap unix - - n - - proxymap
                smtp unix - - n - - smtp
                relay unix - - n - - smtp
                error unix - - n - - error
                retry unix - - n - - error
                anvil unix - - n - 1 anvil
                scache unix - - n - 1 scache
                showq unix n - n - - showq
                postlog unix-dgram n - n - 1 postlogd
                """;
    }
}
