/**
 * Servers for tests, packed as the adapter's test jar, which needs the JDK and JUnit only. A scripted SMTP server that
 * lies, cuts and counts ({@link dev.mailroom.testing.ScriptedSmtpServer}); a real, private Postfix and PostgreSQL;
 * certificates made at run time; a relay that makes the loopback slow; a sink for benchmarks. All on free ports of
 * 127.0.0.1.
 */
package dev.mailroom.testing;
