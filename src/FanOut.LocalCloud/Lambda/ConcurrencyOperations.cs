using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operations on reserved concurrency (https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html).</summary>
internal sealed class ConcurrencyOperations(FunctionRegistry functions)
{
    // An account has 1,000, of which 100 stay for functions without a reservation.
    private const int MostReserved = 900;

    public HttpResponse Put(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var wanted = call.Json.Number("ReservedConcurrentExecutions") ?? -1;
        var others = functions.All.Where(other => other != function).Sum(other => other.ReservedConcurrency ?? 0);
        function.ReservedConcurrency = wanted < 0
            ? throw new ServiceException("ValidationException", $"1 validation error detected: Value '{wanted}' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0")
            : wanted + others <= MostReserved ? wanted
            : throw new ServiceException("InvalidParameterValueException", "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].");
        return Answer(function);
    }

    public HttpResponse Get(ServiceCall call) => Answer(functions.Unqualified(call));

    public HttpResponse Delete(ServiceCall call)
    {
        functions.Unqualified(call).ReservedConcurrency = null;
        return new() { Status = 204 };
    }

    private static HttpResponse Answer(LambdaFunction function) => JsonAnswer.Of(
        json =>
        {
            if (function.ReservedConcurrency is { } reserved)
            {
                json.WriteNumber("ReservedConcurrentExecutions", reserved);
            }
        },
        contentType: "application/json");
}
