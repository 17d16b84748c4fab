using System.Text;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operations on functions' own policies, which decide whether a topic may invoke (https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html).</summary>
internal sealed class PermissionOperations(FunctionRegistry functions)
{
    public HttpResponse Add(ServiceCall call)
    {
        var view = functions.View(call);
        view.Function.Check(call.Json.Text("RevisionId"));
        var id = call.Json.RequiredText("StatementId");
        var statement = Statement(call, view, id);
        return view.Function.Permissions.TryAdd(view.Qualifier ?? "", id, statement)
            ? JsonAnswer.Of(json => json.WriteString("Statement", statement), 201, "application/json")
            : throw new ServiceException(
                "ResourceConflictException",
                $"The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement.",
                409);
    }

    public HttpResponse Get(ServiceCall call)
    {
        var view = functions.View(call);
        var statements = view.Function.Permissions.Statements(view.Qualifier ?? "");
        return statements.Count == 0
            ? throw new ServiceException("ResourceNotFoundException", "The resource you requested does not exist.", 404)
            : JsonAnswer.Of(
                json =>
                {
                    json.WriteString("Policy", $$"""{"Version":"2012-10-17","Id":"default","Statement":[{{string.Join(',', statements)}}]}""");
                    json.WriteString("RevisionId", view.Revision.Id);
                },
                contentType: "application/json");
    }

    public HttpResponse Remove(ServiceCall call)
    {
        var view = functions.View(call);
        var id = LambdaRoute.Segment(call, 3);
        return view.Function.Permissions.Remove(view.Qualifier ?? "", id)
            ? new() { Status = 204 }
            : throw new ServiceException("ResourceNotFoundException", $"Statement {id} is not found in resource policy.", 404);
    }

    private static string Statement(ServiceCall call, FunctionView view, string id) => Encoding.UTF8.GetString(JsonAnswer.Object(json =>
    {
        var principal = call.Json.RequiredText("Principal");
        json.WriteString("Sid", id);
        json.WriteString("Effect", "Allow");
        if (principal == "*")
        {
            json.WriteString("Principal", principal);
        }
        else
        {
            json.WriteStartObject("Principal");
            json.WriteString(principal.Contains('.', StringComparison.Ordinal) ? "Service" : "AWS", principal);
            json.WriteEndObject();
        }

        json.WriteString("Action", call.Json.RequiredText("Action"));
        json.WriteString("Resource", view.Arn);
        var (source, account) = (call.Json.Text("SourceArn"), call.Json.Text("SourceAccount"));
        if (source is null && account is null)
        {
            return;
        }

        json.WriteStartObject("Condition");
        foreach (var (test, key, value) in ((string, string, string?)[])[("StringEquals", "AWS:SourceAccount", account), ("ArnLike", "AWS:SourceArn", source)])
        {
            if (value is not null)
            {
                json.WriteStartObject(test);
                json.WriteString(key, value);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }).Span);
}
