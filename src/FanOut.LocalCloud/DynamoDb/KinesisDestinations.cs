using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>The operations by which a table streams its changes to Kinesis. What they start is done at once.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_EnableKinesisStreamingDestination.html</remarks>
internal sealed class KinesisDestinations(DynamoService dynamo, Func<string, KinesisStream?> streams)
{
    public HttpResponse Enable(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        string arn = call.Json.RequiredText("StreamArn");
        KinesisStream stream = streams(arn) ?? throw new ServiceException("ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");
        string precision = call.Json.Field("EnableKinesisStreamingConfiguration")?.Text("ApproximateCreationDateTimePrecision") ?? "MICROSECOND";
        if (precision is not ("MILLISECOND" or "MICROSECOND"))
        {
            throw new ServiceException("ValidationException", $"Value '{precision}' at 'approximateCreationDateTimePrecision' failed to satisfy constraint: Member must satisfy enum value set: [MICROSECOND, MILLISECOND]");
        }

        if (!table.TryStreamTo(stream, precision == "MICROSECOND"))
        {
            throw new ServiceException("ResourceInUseException", $"Table is not in a valid state to enable Kinesis Streaming Destination: {arn} is one already");
        }

        return Answer(table, arn, "ENABLING", precision);
    }

    public HttpResponse Disable(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        string arn = call.Json.RequiredText("StreamArn");
        KinesisDestination destination = table.KinesisDestinations.FirstOrDefault(d => d.StreamArn == arn && d.IsActive)
            ?? throw new ServiceException("ResourceNotFoundException", $"Requested resource not found: Table {table.Name} does not stream to {arn}");
        destination.IsActive = false;
        return Answer(table, arn, "DISABLING", destination.Precision);
    }

    public HttpResponse Describe(ServiceCall call)
    {
        DynamoTable table = dynamo.Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteString("TableName", table.Name);
            json.WriteStartArray("KinesisDataStreamDestinations");
            foreach (KinesisDestination destination in table.KinesisDestinations)
            {
                json.WriteStartObject();
                json.WriteString("StreamArn", destination.StreamArn);
                json.WriteString("DestinationStatus", destination.IsActive ? "ACTIVE" : "DISABLED");
                json.WriteString("ApproximateCreationDateTimePrecision", destination.Precision);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static HttpResponse Answer(DynamoTable table, string arn, string status, string precision) => JsonAnswer.Of(json =>
    {
        json.WriteString("TableName", table.Name);
        json.WriteString("StreamArn", arn);
        json.WriteString("DestinationStatus", status);
        json.WriteStartObject("EnableKinesisStreamingConfiguration");
        json.WriteString("ApproximateCreationDateTimePrecision", precision);
        json.WriteEndObject();
    });
}
