package dev.sluice.runtime.profile;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Serves the profiles at {@code /debug/pprof/}, the path that Go's tools and Flux's debugging guide use. */
@ManagementContextConfiguration(proxyBeanMethods = false)
class PprofPath {

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = PprofEndpoint.class)
    ServletRegistrationBean<HttpServlet> pprofServlet(Profiles profiles) {
        ServletRegistrationBean<HttpServlet> registration =
                new ServletRegistrationBean<>(new Pages(profiles), "/debug/pprof", "/debug/pprof/*");
        registration.setName("pprof");
        return registration;
    }

    private static final class Pages extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Profiles profiles;

        Pages(Profiles profiles) {
            this.profiles = profiles;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String path = request.getPathInfo();
            if (path == null) {
                response.sendRedirect("pprof/");
            } else if (path.equals("/")) {
                write(profiles.index(""), response);
            } else {
                request.getRequestDispatcher("/actuator/pprof" + path).forward(request, response);
            }
        }

        /** Go's tool posts addresses to {@code symbol} if a profile has no symbols; ours have them. */
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if ("/symbol".equals(request.getPathInfo())) {
                write(profiles.answer("symbol", new ProfileQuery(null, null, null)), response);
            } else {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }

        private static void write(ProfileResponse answer, HttpServletResponse response) throws IOException {
            response.setStatus(answer.status());
            response.setContentType(answer.contentType());
            try (InputStream in = answer.body().getInputStream()) {
                in.transferTo(response.getOutputStream());
            }
        }
    }
}
