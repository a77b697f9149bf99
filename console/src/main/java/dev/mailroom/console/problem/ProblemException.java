package dev.mailroom.console.problem;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Ends the request with that problem. */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Bad input: 400. */
    public static ProblemException badInput(String detail) {
        return new ProblemException(new Problem(400, detail));
    }

    /** The problem. */
    public Problem problem() {
        return problem;
    }
}
