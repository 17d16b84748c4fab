using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operation Invoke (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).</summary>
internal sealed class InvokeOperation(FunctionRegistry functions, AsynchronousInvocations asynchronous)
{
    public async Task<HttpResponse> AnswerAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        var view = functions.View(call);
        var (function, qualifier) = (view.Function, view.Qualifier);
        var type = call.Request.Header("X-Amz-Invocation-Type") ?? "RequestResponse";
        var payload = call.Request.Body.IsEmpty ? "{}"u8.ToArray() : call.Request.Body;
        Check(payload, type);

        switch (type)
        {
            case "DryRun":
                return new() { Status = 204 };
            case "Event":
                asynchronous.Enqueue(view, payload);
                return new() { Status = 202 };
            default:
                var result = view.Invoker is RecordingFunction waiting
                    ? waiting.Record(new(payload, type, qualifier))
                    : await function.InvokeAsync(view.Invoker, payload, cancellationToken).ConfigureAwait(false);
                return Answer(result, view.Version);
        }
    }

    private static HttpResponse Answer(InvocationResult result, string version)
    {
        var response = HttpResponse.Bytes(200, "application/json", result.Payload);
        response.Headers["X-Amz-Executed-Version"] = version;
        if (result.FunctionError is { } error)
        {
            response.Headers["X-Amz-Function-Error"] = error;
        }

        return response;
    }

    private static void Check(ReadOnlyMemory<byte> payload, string type)
    {
        var limit = type switch
        {
            "Event" => LambdaLimits.AsynchronousRequest,
            "RequestResponse" or "DryRun" => LambdaLimits.SynchronousRequest,
            _ => throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value '{type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]"),
        };
        if (payload.Length > limit)
        {
            throw new ServiceException(
                "RequestTooLargeException",
                string.Create(CultureInfo.InvariantCulture, $"Request must be smaller than {limit} bytes for the InvokeFunction operation"),
                413);
        }

        try
        {
            var json = new Utf8JsonReader(payload.Span);
            while (json.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new ServiceException("InvalidRequestContentException", $"Could not parse request body into json: {e.Message}");
        }
    }
}
