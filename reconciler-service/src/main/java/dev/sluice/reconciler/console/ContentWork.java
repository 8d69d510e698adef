package dev.sluice.reconciler.console;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.artifact.archive.MalformedArchiveException;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.copy.BuildException;
import dev.sluice.reconciler.source.FetchPendingException;
import dev.sluice.reconciler.source.SourceWaitException;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;

/** Computes pages that read archives or sources, only a few at once, and fewer for each address. */
final class ContentWork {

    private static final Logger LOG = LoggerFactory.getLogger(ContentWork.class);
    private static final int MAX_AT_ONCE = 3;
    private static final int MAX_OF_ADDRESS = 2;

    private final ClientQuota places = new ClientQuota(MAX_AT_ONCE, MAX_OF_ADDRESS);
    private final PageResponses responses;

    ContentWork(PageResponses responses) {
        this.responses = responses;
    }

    /** Computes a page. */
    interface Work {
        ServerResponse respond() throws IOException, InterruptedException, UnexplainedException;
    }

    /**
     * Responds with the page, or with the reason why there is none.
     *
     * @param address of the client
     */
    ServerResponse respond(String address, ObjectKey subject, Work work) {
        if (!places.tryTake(address, 1)) {
            return responses.busy("Too many pages are being computed; try again.");
        }
        try {
            return work.respond();
        } catch (UnexplainedException e) {
            return responses.problem(HttpStatus.OK, "Not available", EscapedText.of(String.valueOf(e.getMessage())));
        } catch (NoSuchFileException e) {
            return responses.notFound();
        } catch (BudgetWaitException | FetchPendingException | SourceWaitException e) {
            return responses.busy("The memory budget is used up, or a source is being fetched; try again.");
        } catch (LimitExceededException
                | BuildException
                | MalformedArchiveException
                | ArchiveLimitException
                | UnsafePathException e) {
            return responses.problem(HttpStatus.OK, "Not available", EscapedText.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("object", subject)
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("cannot show the content of an artifact");
            return responses.problem(
                    HttpStatus.OK, "Not available", "The content cannot be read; see the log of the controller.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return responses.busy("The controller is stopping.");
        } finally {
            places.giveBack(address, 1);
        }
    }
}
