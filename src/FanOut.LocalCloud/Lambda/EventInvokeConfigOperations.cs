using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operations on asynchronous invocation's settings (https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html).</summary>
internal sealed class EventInvokeConfigOperations(FunctionRegistry functions, FunctionHost? host)
{
    public HttpResponse Put(ServiceCall call) => Set(call, new EventInvokeConfig(call.Time));

    public HttpResponse Update(ServiceCall call)
    {
        var view = functions.View(call);
        return Set(call, Find(view) with { LastModified = call.Time });
    }

    public HttpResponse Get(ServiceCall call)
    {
        var view = functions.View(call);
        return Answer(view, Find(view));
    }

    public HttpResponse List(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartArray("FunctionEventInvokeConfigs");
                foreach (var (qualifier, config) in function.EventInvokeConfigs.OrderBy(config => config.Key, StringComparer.Ordinal))
                {
                    json.WriteStartObject();
                    Write(json, function, qualifier, config);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            contentType: "application/json");
    }

    public HttpResponse Delete(ServiceCall call)
    {
        var view = functions.View(call);
        Find(view);
        view.Function.EventInvokeConfigs.TryRemove(view.Qualifier ?? "", out _);
        return new() { Status = 204 };
    }

    private HttpResponse Set(ServiceCall call, EventInvokeConfig before)
    {
        var view = functions.View(call);
        var destinations = call.Json.Field("DestinationConfig");
        var config = before with
        {
            MaximumRetryAttempts = Within(call.Json, "MaximumRetryAttempts", 0, 2) ?? before.MaximumRetryAttempts,
            MaximumEventAgeInSeconds = Within(call.Json, "MaximumEventAgeInSeconds", 60, 21600) ?? before.MaximumEventAgeInSeconds,
            OnFailure = destinations is { } some ? Destination(some, "OnFailure") : before.OnFailure,
            OnSuccess = destinations is { } others ? Destination(others, "OnSuccess") : before.OnSuccess,
        };
        foreach (var destination in new[] { config.OnFailure, config.OnSuccess }.OfType<string>())
        {
            host?.Role.CheckDestination(view.Function.Configuration.Role, destination);
        }

        view.Function.EventInvokeConfigs[view.Qualifier ?? ""] = config;
        return Answer(view, config);
    }

    private static EventInvokeConfig Find(FunctionView view) => view.Function.EventInvokeConfigs.GetValueOrDefault(view.Qualifier ?? "")
        ?? throw new ServiceException("ResourceNotFoundException", $"The function {view.Arn} doesn't have an EventInvokeConfig", 404);

    private static string? Destination(JsonElement destinations, string name) => destinations.Field(name)?.Text("Destination") switch
    {
        null or "" => null,
        var arn when ArnText.Part(arn, 2) is "sqs" or "sns" or "s3" or "lambda" or "events" && !arn.EndsWith(".fifo", StringComparison.Ordinal) => arn,
        var arn => throw new ServiceException("InvalidParameterValueException", $"The destination ARN {arn} is invalid."),
    };

    private static int? Within(JsonElement json, string name, int least, int most) => json.Number(name) switch
    {
        null => null,
        { } number when number >= least && number <= most => number,
        { } number => throw new ServiceException("ValidationException", $"1 validation error detected: Value '{number}' at '{name}' failed to satisfy constraint: {least} to {most}"),
    };

    private static HttpResponse Answer(FunctionView view, EventInvokeConfig config) =>
        JsonAnswer.Of(json => Write(json, view.Function, view.Qualifier ?? "", config), contentType: "application/json");

    private static void Write(Utf8JsonWriter json, LambdaFunction function, string qualifier, EventInvokeConfig config)
    {
        json.WriteNumber("LastModified", JsonAnswer.EpochSeconds(config.LastModified));
        json.WriteString("FunctionArn", $"{function.Arn}:{(qualifier.Length == 0 ? "$LATEST" : qualifier)}");
        foreach (var (name, number) in ((string, int?)[])[("MaximumRetryAttempts", config.MaximumRetryAttempts), ("MaximumEventAgeInSeconds", config.MaximumEventAgeInSeconds)])
        {
            if (number is { } known)
            {
                json.WriteNumber(name, known);
            }
        }

        json.WriteStartObject("DestinationConfig");
        foreach (var (name, arn) in ((string, string?)[])[("OnSuccess", config.OnSuccess), ("OnFailure", config.OnFailure)])
        {
            json.WriteStartObject(name);
            if (arn is not null)
            {
                json.WriteString("Destination", arn);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
