package dev.sluice.controller.source;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.artifact.archive.MalformedArchiveException;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.FetchException;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Calls the builder and stores what it returns. */
record BuildStep<T extends ToolkitObject<?, ?>>(
        ContentBuilder<? super T> builder, StoredContent stored, BuildTools tools) {

    /** An artifact that is stored, and what the status says besides. */
    record Built(Artifact artifact, StatusExtras status) {}

    /** @param published the published artifact, if it is intact */
    Built run(T object, Optional<Artifact> published) throws IOException, BuildFailure {
        BuildContext context = new BuildContext(
                published, tools.directories().newDirectory(), object.key().namespace(), tools);
        try {
            Content content = build(object, context);
            FileTree tree = content.tree();
            Artifact artifact = tree == null
                    ? published.orElseThrow(() -> new IllegalStateException(
                            "the builder returned Content.unchanged() without a published artifact"))
                    : store(object, tree, content);
            return new Built(artifact, content.status());
        } finally {
            cleanUp(context);
        }
    }

    private Content build(T object, BuildContext context) throws BuildFailure {
        try {
            return builder.build(object, context);
        } catch (IOException e) {
            throw BuildFailure.retry(reason(e), String.valueOf(e.getMessage()), e);
        }
    }

    /** Closes everything, whatever fails. */
    private static void cleanUp(BuildContext context) throws IOException {
        IOException failure = null;
        for (Closeable resource : context.resources()) {
            try {
                resource.close();
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Artifact store(T object, FileTree tree, Content content) throws BuildFailure {
        try {
            return stored.archive(object.key(), tree, content);
        } catch (IOException e) {
            throw BuildFailure.retry("StorageOperationFailed", String.valueOf(e.getMessage()), e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof DigestMismatchException
                || failure instanceof UnsafePathException
                || failure instanceof ArchiveLimitException
                || failure instanceof MalformedArchiveException) {
            return "VerificationFailed";
        }
        return failure instanceof FetchException || failure instanceof ArtifactNotFoundException
                ? "FetchFailed"
                : "BuildFailed";
    }
}
