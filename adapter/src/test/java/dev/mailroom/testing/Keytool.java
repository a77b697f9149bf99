package dev.mailroom.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes key pairs in one PKCS#12 store by running the JDK's keytool as a process. For one thread. */
final class Keytool {
    private final Path store;
    private final String password;

    Keytool(Path store, String password) {
        this.store = store;
        this.password = password;
    }

    /** A self-signed certificate authority. */
    void authority(String alias) throws IOException {
        pair(alias, "Test authority", "-ext", "bc:c", "-ext", "ku=keyCertSign,cRLSign", "-validity", "30");
    }

    /** A server certificate for those names; further arguments say who signs it and how long it is valid. */
    void server(String alias, String alternativeNames, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-ext", "san=" + alternativeNames));
        arguments.addAll(List.of(more));
        pair(alias, alias, arguments.toArray(String[]::new));
    }

    /** A certificate without alternative names unless they are said, with a key of that kind. */
    void special(String alias, String commonName, String algorithm, String... more) throws IOException {
        make(alias, commonName, algorithm, more);
    }

    private void pair(String alias, String commonName, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-groupname", "secp256r1"));
        arguments.addAll(List.of(more));
        make(alias, commonName, "EC", arguments.toArray(String[]::new));
    }

    private void make(String alias, String commonName, String algorithm, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC", "-genkeypair", "-alias", alias, "-dname", "CN=" + commonName,
                "-keyalg", algorithm, "-keystore", store.toString(),
                "-storetype", "PKCS12", "-storepass", password));
        command.addAll(List.of(more));
        Path log = store.resolveSibling("keytool.log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed for " + alias + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }
}
