using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>The operations that protect tables and tag them (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html).</summary>
internal sealed class TableSettings(DynamoService dynamo)
{
    public HttpResponse Update(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        if (call.Json.Field("DeletionProtectionEnabled") is null)
        {
            throw new ServiceException("ValidationException", "This stand-in of DynamoDB updates a table's deletion protection only.");
        }

        table.IsProtected = call.Json.Flag("DeletionProtectionEnabled");
        return JsonAnswer.Of(json => TableDescriptions.Write(json, "TableDescription", table));
    }

    public HttpResponse UpdateContinuousBackups(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        table.IsRecoverable = call.Json.RequiredObject("PointInTimeRecoverySpecification").Flag("PointInTimeRecoveryEnabled");
        return Backups(table);
    }

    public HttpResponse DescribeContinuousBackups(ServiceCall call) => Backups(dynamo.Resolve(call));

    public HttpResponse Tag(ServiceCall call)
    {
        dynamo.Resolve(call, call.Json.RequiredText("ResourceArn")).Tag(Tags(call));
        return HttpResponse.Text(200, "application/x-amz-json-1.0", "");
    }

    public HttpResponse ListTags(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call, call.Json.RequiredText("ResourceArn"));
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Tags");
            foreach ((string key, string value) in table.Tags)
            {
                json.WriteStartObject();
                json.WriteString("Key", key);
                json.WriteString("Value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>The tags of a request.</summary>
    public static IReadOnlyDictionary<string, string> Tags(ServiceCall call) =>
        call.Json.Items("Tags").ToDictionary(tag => tag.RequiredText("Key"), tag => tag.Text("Value") ?? "");

    private static HttpResponse Backups(DynamoTable table) => JsonAnswer.Of(json =>
    {
        json.WriteStartObject("ContinuousBackupsDescription");
        json.WriteString("ContinuousBackupsStatus", "ENABLED");
        json.WriteStartObject("PointInTimeRecoveryDescription");
        json.WriteString("PointInTimeRecoveryStatus", table.IsRecoverable ? "ENABLED" : "DISABLED");
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
