using System.Text.Json;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// Reads a function's answer to a batch by the rules of <c>ReportBatchItemFailures</c>
/// (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html).
/// </summary>
internal static class BatchResponse
{
    /// <summary>
    /// The position in the batch of the first record that must be sent again: the piece's end when all succeeded, its start when all
    /// count as failed, as they do when the answer cannot be understood.
    /// </summary>
    public static int Checkpoint(ReadOnlyMemory<byte> answer, Batch batch, BatchPiece piece)
    {
        if (answer.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return piece.End;
        }

        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Null => piece.End,
                JsonValueKind.Object => json.RootElement.TryGetProperty("batchItemFailures"u8, out var failures)
                    ? LowestFailure(failures, batch, piece)
                    : piece.End,
                _ => piece.Start,
            };
        }
        catch (JsonException)
        {
            return piece.Start;
        }
    }

    private static int LowestFailure(JsonElement failures, Batch batch, BatchPiece piece)
    {
        if (failures.ValueKind == JsonValueKind.Null)
        {
            return piece.End;
        }

        if (failures.ValueKind != JsonValueKind.Array)
        {
            return piece.Start;
        }

        // A shard's order is its sequence numbers' order as numbers, so the lowest number is the first position.
        var lowest = piece.End;
        Dictionary<string, int>? positions = null;
        foreach (var failure in failures.EnumerateArray())
        {
            if (failure.ValueKind != JsonValueKind.Object
                || !failure.TryGetProperty("itemIdentifier"u8, out var identifier)
                || identifier.ValueKind != JsonValueKind.String
                || !(positions ??= Positions(batch, piece)).TryGetValue(identifier.GetString()!, out var position))
            {
                return piece.Start;
            }

            lowest = Math.Min(lowest, position);
        }

        return lowest;
    }

    private static Dictionary<string, int> Positions(Batch batch, BatchPiece piece)
    {
        var positions = new Dictionary<string, int>(piece.Count, StringComparer.Ordinal);
        for (var i = piece.Start; i < piece.End; i++)
        {
            positions[batch.Records[i].Record.SequenceNumber] = i;
        }

        return positions;
    }
}
