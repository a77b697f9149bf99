package dev.mailroom.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class ContractTableTest {
    @Test
    void theDocumentationShowsWhatTheLastRunsFound() throws IOException {
        Documentation.assertUpToDate("servers", ContractResults.read().table());
    }

    @Test
    void everyCheckOfTheContractWasRun() throws IOException {
        ContractResults results = ContractResults.read();
        List<String> missing = Stream.of(ServerContractIT.class, ServerCrashIT.class, ServerRedeploymentIT.class,
                        ServerSampleIT.class)
                .flatMap(contract -> Arrays.stream(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class))
                .map(method -> method.getName()).filter(check -> !results.knows(check)).toList();
        assertEquals(List.of(), missing);
    }
}
