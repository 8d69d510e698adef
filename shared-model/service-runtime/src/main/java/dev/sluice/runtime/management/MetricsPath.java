package dev.sluice.runtime.management;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Serves {@code /metrics}, the path of Flux controllers' metrics, with the content of Actuator's endpoint. */
@ManagementContextConfiguration(proxyBeanMethods = false)
class MetricsPath {

    @Bean
    ServletRegistrationBean<HttpServlet> metricsServlet() {
        ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new Forward(), "/metrics");
        registration.setName("metrics");
        return registration;
    }

    private static final class Forward extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher("/actuator/prometheus").forward(request, response);
        }
    }
}
