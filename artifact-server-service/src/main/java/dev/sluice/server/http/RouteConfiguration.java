package dev.sluice.server.http;

import dev.sluice.artifact.server.ArtifactRequests;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.server.ArtifactServerSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter;

/** Sends every request of the artifact port to one handler, and gives it the SDK's rules for this volume. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    /** For how long a small file is served from memory without a check of its name, as with nginx's open_file_cache. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    /** The one mapping, under the name that the servlet looks for. It leaves the path alone: decoding is the SDK's business. */
    @Bean
    HandlerMapping handlerMapping(ArtifactController controller) {
        return request -> new HandlerExecutionChain(controller);
    }

    @Bean
    HttpRequestHandlerAdapter handlerAdapter() {
        return new HttpRequestHandlerAdapter();
    }

    /** Spring's other mappings would decode the path of each request before ours is asked, and fail on some. */
    @Bean
    static BeanPostProcessor onlyOurMapping() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof DispatcherServlet servlet) {
                    servlet.setDetectAllHandlerMappings(false);
                    servlet.setDetectAllHandlerAdapters(false);
                }
                return bean;
            }
        };
    }

    /** Spring answers TRACE itself, whatever a handler did; here it is refused like every other method. */
    @Bean
    Filter traceRefusal(ArtifactController controller) {
        return (request, response, chain) -> {
            if (request instanceof HttpServletRequest http && http.getMethod().equals("TRACE")) {
                controller.handleRequest(http, (HttpServletResponse) response);
            } else {
                chain.doFilter(request, response);
            }
        };
    }

    @Bean
    ServedFiles servedFiles(ArtifactServerSettings settings) {
        return new ServedFiles(settings.storagePath(), settings.smallFileBytes(), MAX_AGE);
    }

    @Bean
    ArtifactRequests artifactRequests(ServedFiles files) {
        return new ArtifactRequests(files);
    }
}
