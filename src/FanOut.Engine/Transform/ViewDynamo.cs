using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Transform;

/// <summary>Writes what a mapping's <c>view</c> shows of a DynamoDB record.</summary>
internal static class ViewDynamo
{
    // What is written around the record's own texts: names, quotes, braces and a line feed.
    private const int Frame = 256;

    /// <summary>Writes the view into the arena, with a line feed where the options say so.</summary>
    public static bool TryWrite(
        in StreamRecord record, PayloadOptions options, ChangeFacts facts, Arena arena, out ReadOnlyMemory<byte> data, [NotNullWhen(false)] out string? reason)
    {
        data = default;
        if (options is { View: View.NewImage or View.OldImage, ConvertDDB: false, AppendNewlines: false })
        {
            // The typed image is sent as it stands in the event.
            ReadOnlyMemory<byte> image = options.View == View.NewImage ? record.Data : record.OldImage;
            data = image.IsEmpty ? Empty : image;
            reason = null;
            return true;
        }

        // All that is written stands in the record, where nothing of it is shorter.
        arena.Begin(record.Raw.Length + Frame);
        bool written = options.View switch
        {
            View.NewImage => TryWriteImage(record.Data.Span, options, arena, out reason),
            View.OldImage => TryWriteImage(record.OldImage.Span, options, arena, out reason),
            View.Both => TryWriteBoth(record, options, facts, arena, out reason),
            _ => TryWriteRecord(record, options, facts, arena, out reason),
        };
        if (written && options.AppendNewlines)
        {
            arena.Write("\n"u8);
        }

        data = written ? arena.Take() : default;
        return written;
    }

    private static ReadOnlyMemory<byte> Empty { get; } = "{}"u8.ToArray();

    // {"newImage":{…},"oldImage":{…},"approximateCreationDateTime":1479499740,"streamViewType":"…","userIdentity":{…}}, each where the record has it
    private static bool TryWriteBoth(in StreamRecord record, PayloadOptions options, ChangeFacts facts, Arena arena, [NotNullWhen(false)] out string? reason)
    {
        arena.Write("{"u8);
        bool written = TryWriteImages(record, options, arena, out reason);
        facts.Write(record, arena, isFirst: record.Data.IsEmpty && record.OldImage.IsEmpty);
        arena.Write("}"u8);
        return written;
    }

    // {"eventName":"MODIFY","keys":{…},"newImage":{…},"oldImage":{…},"sequenceNumber":"…",…}, and the same at its end
    private static bool TryWriteRecord(in StreamRecord record, PayloadOptions options, ChangeFacts facts, Arena arena, [NotNullWhen(false)] out string? reason)
    {
        arena.Write("{\"eventName\":\""u8);
        arena.Write(record.Change switch
        {
            ChangeKind.Insert => "INSERT"u8,
            ChangeKind.Modify => "MODIFY"u8,
            ChangeKind.Remove => "REMOVE"u8,
            _ => ""u8,
        });
        arena.Write("\",\"keys\":"u8);
        if (!TryWriteImage(record.Key.Span, options, arena, out reason))
        {
            return false;
        }

        if (!record.Data.IsEmpty || !record.OldImage.IsEmpty)
        {
            arena.Write(","u8);
            if (!TryWriteImages(record, options, arena, out reason))
            {
                return false;
            }
        }

        arena.Write(",\"sequenceNumber\":\""u8);
        arena.Write(record.SequenceNumber.Span);
        arena.Write("\""u8);
        facts.Write(record, arena, isFirst: false);
        arena.Write("}"u8);
        return true;
    }

    private static bool TryWriteImages(in StreamRecord record, PayloadOptions options, Arena arena, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        if (!record.Data.IsEmpty)
        {
            arena.Write("\"newImage\":"u8);
            if (!TryWriteImage(record.Data.Span, options, arena, out reason))
            {
                return false;
            }
        }

        if (record.OldImage.IsEmpty)
        {
            return true;
        }

        arena.Write(record.Data.IsEmpty ? "\"oldImage\":"u8 : ",\"oldImage\":"u8);
        return TryWriteImage(record.OldImage.Span, options, arena, out reason);
    }

    private static bool TryWriteImage(ReadOnlySpan<byte> image, PayloadOptions options, Arena arena, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        if (image.IsEmpty)
        {
            arena.Write("{}"u8);
            return true;
        }

        if (options.ConvertDDB)
        {
            return ConvertDynamo.TryWritePlain(image, arena, out reason);
        }

        arena.Write(image);
        return true;
    }
}
