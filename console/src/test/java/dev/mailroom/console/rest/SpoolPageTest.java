package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.SpoolState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolPageTest {
    @Test
    void withoutAnyParameterAPersonSeesWhatHasToBeDecided() {
        assertEquals(new SpoolPage(List.of(SpoolState.FAILED, SpoolState.IN_DOUBT), 0, 100), SpoolPage.of("", "", ""));
    }

    @Test
    void everyStateCanBeAskedFor() {
        for (SpoolState state : SpoolState.values()) {
            assertEquals(List.of(state), SpoolPage.of(state.name().toLowerCase(), "", "").states());
        }
    }

    @Test
    void theNextPageBeginsAfterTheLastMailOfTheOneBefore() {
        assertEquals(17, SpoolPage.of("", new MailIdentifier(17).toString(), "").after());
        assertEquals(17, SpoolPage.of("", "17", "").after());
    }

    @ParameterizedTest
    @CsvSource({"LOST,'','',state", "'','',0,limit", "'','',1001,limit", "'','',many,limit", "'','',-1,limit",
        "'','',99999999999,limit", "'',here,'',after", "'',-1,'',after"})
    void whatDoesNotFitIsA400ThatNamesTheParameter(String state, String after, String limit, String named) {
        Problem problem = Documents.problemOf(() -> SpoolPage.of(state, after, limit));
        assertEquals(400, problem.status());
        assertTrue(problem.detail().contains("\"" + named + "\""), problem.detail());
    }
}
