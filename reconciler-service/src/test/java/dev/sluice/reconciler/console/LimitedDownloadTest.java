package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

class LimitedDownloadTest {

    private final ClientQuota places = new ClientQuota(2, 1);
    private final List<String> done = new ArrayList<>();

    @Test
    void respondsBusyAndClosesTheContentIfNoPlaceIsFree() throws Exception {
        Written other = new Written("other", () -> write(download("second", () -> {})));

        write(new LimitedDownload(other, () -> done.add("closed"), places, () -> new Written("busy", () -> {})));

        assertThat(done).containsExactly("busy", "second closed", "other", "closed");
        assertThat(places.taken()).isZero();
    }

    @Test
    void freesThePlaceIfTheClientDisconnects() {
        LimitedDownload download = download("lost", () -> {
            throw new IOException("thrown by a test");
        });

        assertThatIOException().isThrownBy(() -> write(download));

        assertThat(done).containsExactly("lost closed");
        assertThat(places.taken()).isZero();
    }

    private LimitedDownload download(String name, Action action) {
        return new LimitedDownload(
                new Written(name, action),
                () -> done.add(name + " closed"),
                places,
                () -> new Written("busy", () -> {}));
    }

    @Test
    void leavesAPlaceForAnotherAddress() throws Exception {
        Written first = new Written("first", () -> write(download("other", () -> {}), "192.0.2.2"));

        write(new LimitedDownload(first, () -> done.add("closed"), places, () -> new Written("busy", () -> {})));

        assertThat(done).containsExactly("other", "other closed", "first", "closed");
    }

    private static void write(ServerResponse response) throws Exception {
        write(response, "192.0.2.1");
    }

    private static void write(ServerResponse response, String address) throws Exception {
        response.writeTo(
                only(HttpServletRequest.class, "getRemoteAddr", address),
                only(HttpServletResponse.class, "", ""),
                new NoConverters());
    }

    /** An object with one method. */
    private static <T> T only(Class<T> type, String name, Object result) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals(name)) {
                return result;
            }
            throw new UnsupportedOperationException(method.toString());
        }));
    }

    /** What happens while a response is written. */
    private interface Action {
        void run() throws Exception;
    }

    private static final class NoConverters implements ServerResponse.Context {
        @Override
        public List<HttpMessageConverter<?>> messageConverters() {
            return List.of();
        }
    }

    /** A response that records that it is written. */
    private final class Written implements ServerResponse {

        private final String name;
        private final Action action;

        Written(String name, Action action) {
            this.name = name;
            this.action = action;
        }

        @Override
        public HttpStatusCode statusCode() {
            return HttpStatus.OK;
        }

        @Override
        public HttpHeaders headers() {
            return new HttpHeaders();
        }

        @Override
        public MultiValueMap<String, Cookie> cookies() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        public @Nullable ModelAndView writeTo(
                HttpServletRequest request, HttpServletResponse response, ServerResponse.Context context)
                throws IOException {
            try {
                action.run();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            done.add(name);
            return null;
        }
    }
}
