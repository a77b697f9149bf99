package dev.mailroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the JDK's keytool as a process; the files of its folder are deleted when the JVM ends. For one thread. */
final class Keytool implements AutoCloseable {
    private final Path folder;
    private final String password;

    Keytool(Path folder, String password) {
        this.folder = folder;
        this.password = password;
    }

    Path folder() {
        return folder;
    }

    /** Makes the key pair of the certificate authority, {@code ca.p12}. */
    void authority() throws IOException {
        pair("ca", "Mailroom test authority", "-ext", "bc:c", "-ext", "ku=keyCertSign,cRLSign", "-validity", "30");
    }

    /** Makes {@code name.p12} with a key and the chain of a certificate for those names, signed by the authority. */
    void signed(String name, String commonName, String alternativeNames, String start, String days)
            throws IOException {
        pair(name, commonName, "-validity", days);
        run("-certreq", "-alias", name, "-keystore", name + ".p12", "-file", name + ".csr");
        run("-gencert", "-alias", "ca", "-keystore", "ca.p12", "-infile", name + ".csr", "-outfile", name + ".cer",
                "-ext", "san=" + alternativeNames, "-startdate", start, "-validity", days);
        export();
        run("-importcert", "-noprompt", "-alias", "ca", "-keystore", name + ".p12", "-file", "ca.cer");
        run("-importcert", "-alias", name, "-keystore", name + ".p12", "-file", name + ".cer");
    }

    /** Makes {@code name.p12} with a key and a certificate that only it vouches for. */
    void selfSigned(String name, String commonName, String alternativeNames) throws IOException {
        pair(name, commonName, "-ext", "san=" + alternativeNames, "-validity", "30");
    }

    /** Makes a trust store with the authority's certificate only. */
    Path trustStore() throws IOException {
        export();
        run("-importcert", "-noprompt", "-alias", "ca", "-keystore", "trust.p12", "-file", "ca.cer");
        return folder.resolve("trust.p12");
    }

    private void export() throws IOException {
        if (!Files.exists(folder.resolve("ca.cer"))) {
            run("-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.cer");
        }
    }

    private void pair(String name, String commonName, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keystore", name + ".p12",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + commonName));
        arguments.addAll(List.of(more));
        run(arguments.toArray(String[]::new));
    }

    private void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        command.addAll(List.of(arguments));
        // Every command but -exportcert's target is a PKCS#12 store under the same, public, password.
        command.addAll(List.of("-storepass", password, "-storetype", "PKCS12"));
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool " + arguments[0] + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    /** Leaves the files to the end of the JVM: servers that are not ours read them late. */
    @Override
    public void close() {
        folder.toFile().deleteOnExit();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
