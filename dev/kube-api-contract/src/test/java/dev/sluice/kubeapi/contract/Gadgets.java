package dev.sluice.kubeapi.contract;

import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A custom resource that uses most schema features, defined once per API. */
final class Gadgets {

    private static final Set<KubernetesApi> DEFINED = ConcurrentHashMap.newKeySet();

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: gadgets.contract.sluice.dev}
            spec:
              group: contract.sluice.dev
              scope: Namespaced
              names: {kind: Gadget, listKind: GadgetList, plural: gadgets, singular: gadget, shortNames: [gd], categories: [contract]}
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  additionalPrinterColumns:
                    - {name: Size, type: integer, jsonPath: .spec.size, description: How large it is}
                    - {name: Phase, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].reason'}
                    - {name: Owner, type: string, jsonPath: .spec.owner, priority: 1}
                    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
                  schema:
                    openAPIV3Schema:
                      type: object
                      description: A thing to test with.
                      required: [spec]
                      x-kubernetes-validations:
                        - {rule: "!has(self.spec) || !has(self.spec.frozen) || !self.spec.frozen || self.spec.size == 1", message: a frozen gadget has size 1}
                      properties:
                        apiVersion: {type: string}
                        kind: {type: string}
                        metadata: {type: object}
                        spec:
                          type: object
                          description: What is wanted.
                          required: [size]
                          properties:
                            size: {type: integer, format: int32, minimum: 1, maximum: 100, description: How large it is.}
                            ratio: {type: number, exclusiveMinimum: true, minimum: 0}
                            step: {type: integer, multipleOf: 5}
                            owner: {type: string, minLength: 2, maxLength: 10, pattern: '^[a-z]+$'}
                            mode: {type: string, enum: [Fast, Slow], default: Fast}
                            frozen: {type: boolean}
                            fixed:
                              type: string
                              x-kubernetes-validations: [{rule: self == oldSelf, message: fixed cannot change}]
                            limits:
                              type: object
                              default: {}
                              properties:
                                cpu: {type: integer, default: 2}
                                memory: {type: integer, nullable: true}
                            tags: {type: array, minItems: 1, maxItems: 3, items: {type: string}}
                            unique: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                            ports:
                              type: array
                              x-kubernetes-list-type: map
                              x-kubernetes-list-map-keys: [name]
                              items:
                                type: object
                                required: [name]
                                properties:
                                  name: {type: string}
                                  port: {type: integer}
                                  protocol: {type: string, default: TCP}
                            settings: {type: object, maxProperties: 2, additionalProperties: {type: string}}
                            atom:
                              type: object
                              x-kubernetes-map-type: atomic
                              properties: {a: {type: string}, b: {type: string}}
                            target: {x-kubernetes-int-or-string: true}
                            free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                            since: {type: string, format: date-time}
                        status:
                          type: object
                          properties:
                            observedGeneration: {type: integer, format: int64}
                            note: {type: string}
                            conditions:
                              type: array
                              x-kubernetes-list-type: map
                              x-kubernetes-list-map-keys: [type]
                              items:
                                type: object
                                required: [type, status]
                                properties:
                                  type: {type: string}
                                  status: {type: string}
                                  reason: {type: string}
                                  message: {type: string}
            """;

    private Gadgets() {}

    /** Defines the kind if it is missing and waits until it is served. */
    static Http definedOn(KubernetesApi api) {
        Http http = Http.on(api);
        if (DEFINED.add(api)) {
            define(http, DEFINITION, Paths.GADGET_GROUP + "/gadgets");
        }
        return http;
    }

    /** Creates a CRD and waits until its collection is served. */
    static void define(Http http, String definition, String collection) {
        Answer created = http.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
        if (created.code() != 409) {
            created.ok(201);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> http.get(collection).code() == 200);
    }

    static String named(String name, String spec) {
        return """
                apiVersion: contract.sluice.dev/v1
                kind: Gadget
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
    }
}
