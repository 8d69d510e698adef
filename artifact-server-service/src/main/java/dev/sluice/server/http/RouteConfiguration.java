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

/** Routes all requests to the artifact port to one handler, and configures the SDK for the volume. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    /** How long a small file is served from memory without a check of the volume, as with nginx's open_file_cache. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    /** The only mapping, under the bean name that DispatcherServlet expects. It does not decode the path; the SDK does. */
    @Bean
    HandlerMapping handlerMapping(ArtifactController controller) {
        return request -> new HandlerExecutionChain(controller);
    }

    @Bean
    HttpRequestHandlerAdapter handlerAdapter() {
        return new HttpRequestHandlerAdapter();
    }

    /** Disables Spring's other mappings, which would decode the path of each request first and fail on some. */
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

    /** Rejects TRACE like other methods: Spring would respond to it without calling the handler. */
    @Bean
    Filter traceFilter(ArtifactController controller) {
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
