using System.Text.Json;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Sns;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>Invokes functions for topics, if their own policies allow it. Whether SNS names itself by region is not told apart.</summary>
internal sealed class NotifiedFunction(FunctionRegistry functions, AsynchronousInvocations asynchronous)
{
    /// <summary>Invokes a function asynchronously; false: there is none, or its policy does not allow it.</summary>
    public bool Invoke(string functionArn, SnsTopic topic, ReadOnlyMemory<byte> eventJson)
    {
        try
        {
            var name = FunctionName.Parse(functionArn);
            var view = functions.View(name, name.Region!, name.AccountId!);
            if (!view.Function.Permissions.Statements(view.Qualifier ?? "").Any(statement => Allows(statement, topic.Arn)))
            {
                return false;
            }

            asynchronous.Enqueue(view, eventJson);
            return true;
        }
        catch (ServiceException)
        {
            return false;
        }
    }

    private static bool Allows(string statement, string topicArn)
    {
        var json = JsonDocument.Parse(statement).RootElement;
        var condition = json.Field("Condition");
        return json.Field("Principal")?.Text("Service") is { } principal && principal.StartsWith("sns.", StringComparison.Ordinal)
            && json.Text("Action") is "lambda:InvokeFunction" or "lambda:*"
            && (condition?.Field("ArnLike")?.Text("AWS:SourceArn") is not { } source || Wildcard.MatchesArn(topicArn, source))
            && (condition?.Field("StringEquals")?.Text("AWS:SourceAccount") is not { } account || account == ArnText.Part(topicArn, 4));
    }
}
