using System.Text.Json;
using FanOut.Engine.Mappings;
using FanOut.Local.Events;
using FanOut.Sources;

namespace FanOut.Local.Checks;

/// <summary>Says of records that a Kinesis stream holds whether they are changes of tables, and whether a target takes them for what they are. AWS tells it of tables only, the records tell it of themselves.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class CheckFormat(string function, string region)
{
    /// <summary>The check; null: there is nothing to be said.</summary>
    /// <param name="candidate">The target.</param>
    /// <param name="mapping">Its mapping.</param>
    /// <param name="records">What the stream holds, at least one.</param>
    public FanOutTargetCheck? Of(Candidate candidate, Mapping mapping, IReadOnlyList<EventRecord> records)
    {
        CarriedFacts[] changes = [.. records.Select(static r => ChangeOf(r.Data)).OfType<CarriedFacts>()];
        string[] tables = [.. changes.Select(static c => c.Table).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string of = tables.Length switch { 0 => "of tables", 1 => $"of the table {tables[0]}", _ => $"of the tables {string.Join(", ", tables)}" };
        if (mapping.RecordFormat != RecordFormat.DynamoDbChanges)
        {
            return changes.Length < records.Count ? null : CheckTarget.New(
                candidate, "Format", "Pass", $"{All(records)} {of}, which the target gets as they are. With {Command(candidate, "dynamodb-changes")} -ConvertDDB, -View, -HashKey and -Filter work on them as on those of a table's own stream.");
        }

        if (changes.Length < records.Count)
        {
            string some = changes.Length == 0 ? "None of the records is a change" : $"{records.Count - changes.Length} of {records.Count} records are no changes";
            return CheckTarget.New(
                candidate, "Format", changes.Length == 0 ? "Fail" : "Warn", $"{some} of DynamoDB tables, which -RecordFormat dynamodb-changes says of all: such fail as NotChange.",
                changes.Length == 0 ? $"Take them as they are: {Command(candidate, "raw")}." : "Let nothing but tables write to the stream, or give what is not theirs a target of its own.");
        }

        return Array.Find(changes, static c => !c.IsExact) is { } coarse && ComparesTimes(mapping)
            ? CheckTarget.New(
                candidate, "Format", "Warn", $"{All(records)} {of}, some with times in milliseconds: of two changes of an item in the same one it is not known which is the later.",
                $"aws dynamodb update-kinesis-streaming-destination --table-name {coarse.Table ?? "TABLE"} --stream-arn {mapping.SourceArn} --update-kinesis-streaming-configuration ApproximateCreationDateTimePrecision=MICROSECOND --region {region}")
            : CheckTarget.New(candidate, "Format", "Pass", $"{All(records)} {of}.");
    }

    // An index and Redis keep the latest by the time that goes along.
    private static bool ComparesTimes(Mapping mapping) =>
        mapping.Type == TargetType.Redis || (mapping.DeletesRemoved && mapping.Destination is IndexDestination { IsServerless: false });

    private static string All(IReadOnlyList<EventRecord> records) => records.Count == 1 ? "The record read is a change" : $"All {records.Count} records read are changes";

    private string Command(Candidate candidate, string format) => candidate.IsRegistered
        ? RepairCommand.Of("Set-FanOutTarget", $"{RepairCommand.Quoted(candidate.Id)} -RecordFormat {format}", candidate.SourceArn, function, region)
        : $"-RecordFormat {format}";

    // Times without a precision beside them are of before the end of 2023, when all were in milliseconds.
    private static CarriedFacts? ChangeOf(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("eventName", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString() is "INSERT" or "MODIFY" or "REMOVE"
                && root.TryGetProperty("dynamodb", out JsonElement change) && change.ValueKind == JsonValueKind.Object
                && change.TryGetProperty("Keys", out JsonElement keys) && keys.ValueKind == JsonValueKind.Object && change.TryGetProperty("ApproximateCreationDateTime", out JsonElement time) && time.ValueKind == JsonValueKind.Number
                ? new CarriedFacts(
                    root.TryGetProperty("tableName", out JsonElement table) && table.ValueKind == JsonValueKind.String ? table.GetString() : null,
                    change.TryGetProperty("ApproximateCreationDateTimePrecision", out JsonElement precision) && precision.ValueKind == JsonValueKind.String && precision.GetString() == "MICROSECOND")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record CarriedFacts(string? Table, bool IsExact);
}
