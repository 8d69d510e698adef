package dev.sluice.artifact.fetch;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Passes the body to the download target; requests the next buffers after the previous ones are written. */
final class DownloadSubscriber implements BodySubscriber<DownloadSubscriber.Done> {

    private static final int BUFFER_BYTES = 16 * 1024;

    /** The result of a completely received body. */
    enum Done {
        DONE
    }

    /** A failure of the sink, for example a full disk, which is not retryable, unlike a broken connection. */
    static final class SinkException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient IOException failure;

        SinkException(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        IOException failure() {
            return failure;
        }
    }

    private final DownloadTarget download;
    private final CompletableFuture<Done> body = new CompletableFuture<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private @Nullable Subscription subscription;

    DownloadSubscriber(DownloadTarget download) {
        this.download = download;
    }

    @Override
    public CompletionStage<Done> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        Subscription source = Objects.requireNonNull(subscription);
        try {
            for (ByteBuffer piece : pieces) {
                while (piece.hasRemaining()) {
                    int length = Math.min(piece.remaining(), buffer.length);
                    piece.get(buffer, 0, length);
                    download.accept(buffer, length);
                }
            }
            source.request(1);
        } catch (IOException e) {
            source.cancel();
            body.completeExceptionally(new SinkException(e));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Done.DONE);
    }
}
