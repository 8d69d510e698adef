package dev.sluice.reconciler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

/** The libraries of source-watcher, built by {@code .ci/go-reference.sh}. */
public final class GoReference implements AutoCloseable {

    private static final String VARIABLE = "SLUICE_GO_REFERENCE";

    private static final AtomicBoolean NOTICED = new AtomicBoolean();

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    /** An answer of the libraries: a result or an error message. */
    public record Answer(boolean ok, String text) {}

    private GoReference(Process process) {
        this.process = process;
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Starts the process, or skips the test if the binary is missing. */
    public static GoReference start() throws IOException {
        String binary = System.getenv(VARIABLE);
        if (binary == null && !NOTICED.getAndSet(true)) {
            System.out.println("no " + VARIABLE + ": skipping the comparison with the libraries of source-watcher");
        }
        assumeTrue(binary != null, VARIABLE + " is not set");
        return new GoReference(new ProcessBuilder(binary)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Sends a request and returns its answer. */
    public Answer ask(String word, String... arguments) throws IOException {
        StringBuilder request = new StringBuilder(word);
        for (String argument : arguments) {
            byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
            request.append(" .").append(Base64.getEncoder().encodeToString(bytes));
        }
        requests.append(request).append('\n').flush();
        String[] answer = answers.readLine().split(" ", 2);
        byte[] text = Base64.getDecoder().decode(answer[1]);
        return new Answer(answer[0].equals("ok"), new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
