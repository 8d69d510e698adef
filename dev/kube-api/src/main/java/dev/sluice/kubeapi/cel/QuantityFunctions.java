package dev.sluice.kubeapi.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.math.BigDecimal;
import java.util.List;

/** {@code quantity} and its arithmetic. */
final class QuantityFunctions {

    private static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

    private QuantityFunctions() {}

    static List<CelFunction> all() {
        return List.of(
                CelFunction.named("quantity")
                        .function(
                                "string_to_quantity",
                                QUANTITY,
                                List.of(SimpleType.STRING),
                                CelFunctionBinding.from("string_to_quantity", String.class, QuantityFunctions::parse))
                        .build(),
                CelFunction.named("isQuantity")
                        .function(
                                "is_quantity_string",
                                SimpleType.BOOL,
                                List.of(SimpleType.STRING),
                                CelFunctionBinding.from("is_quantity_string", String.class, Quantity::isQuantity))
                        .build(),
                CelFunction.named("sign")
                        .function(
                                "quantity_sign",
                                SimpleType.INT,
                                List.of(QUANTITY),
                                CelFunctionBinding.from("quantity_sign", Quantity.class, quantity ->
                                        (long) quantity.value().signum()))
                        .build(),
                unary("isInteger", SimpleType.BOOL, Quantity::isLong),
                unary("asInteger", SimpleType.INT, QuantityFunctions::asInteger),
                unary(
                        "asApproximateFloat",
                        SimpleType.DOUBLE,
                        quantity -> quantity.value().doubleValue()),
                binary("isGreaterThan", SimpleType.BOOL, (left, right) -> left.compareTo(right) > 0),
                binary("isLessThan", SimpleType.BOOL, (left, right) -> left.compareTo(right) < 0),
                binary("compareTo", SimpleType.INT, (left, right) -> (long) left.compareTo(right)),
                arithmetic("add", 1),
                arithmetic("sub", -1));
    }

    private static CelFunction unary(String name, CelType result, CelFunctionOverload.Unary<Quantity> operation) {
        String id = "quantity_" + name;
        return CelFunction.named(name)
                .method(id, result, List.of(QUANTITY), CelFunctionBinding.from(id, Quantity.class, operation))
                .build();
    }

    private static CelFunction binary(
            String name, CelType result, CelFunctionOverload.Binary<Quantity, Quantity> operation) {
        String id = "quantity_" + name;
        return CelFunction.named(name)
                .method(
                        id,
                        result,
                        List.of(QUANTITY, QUANTITY),
                        CelFunctionBinding.from(id, Quantity.class, Quantity.class, operation))
                .build();
    }

    private static CelFunction arithmetic(String name, long sign) {
        return CelFunction.named(name)
                .method(
                        "quantity_" + name,
                        QUANTITY,
                        List.of(QUANTITY, QUANTITY),
                        CelFunctionBinding.from(
                                "quantity_" + name,
                                Quantity.class,
                                Quantity.class,
                                (left, right) -> left.plus(right.value(), sign)))
                .method(
                        "quantity_" + name + "_int",
                        QUANTITY,
                        List.of(QUANTITY, SimpleType.INT),
                        CelFunctionBinding.from(
                                "quantity_" + name + "_int",
                                Quantity.class,
                                Long.class,
                                (left, right) -> left.plus(BigDecimal.valueOf(right), sign)))
                .build();
    }

    private static Quantity parse(String text) throws CelEvaluationException {
        try {
            return Quantity.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CelEvaluationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long asInteger(Quantity quantity) throws CelEvaluationException {
        if (!quantity.isLong()) {
            throw new CelEvaluationException("cannot convert value to integer");
        }
        return quantity.value().longValue();
    }
}
