namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>The event of a batch: <c>{"Records":[…]}</c>, written from the records' own JSON.</summary>
internal static class BatchEvent
{
    private static ReadOnlySpan<byte> Head => "{\"Records\":["u8;

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>The size of an event without records, in bytes.</summary>
    public static int EmptySize => Head.Length + Tail.Length;

    /// <summary>The size of an event of <paramref name="size"/> bytes after one more record.</summary>
    public static int SizeWith(int size, BatchRecord record) =>
        size + record.Record.EventJson.Length + (size == EmptySize ? 0 : 1);

    /// <summary>Writes the event of a piece.</summary>
    public static byte[] Write(Batch batch, BatchPiece piece)
    {
        var size = EmptySize;
        for (var i = piece.Start; i < piece.End; i++)
        {
            size = SizeWith(size, batch.Records[i]);
        }

        var json = new byte[size];
        Head.CopyTo(json);
        var at = Head.Length;
        for (var i = piece.Start; i < piece.End; i++)
        {
            if (i > piece.Start)
            {
                json[at++] = (byte)',';
            }

            var record = batch.Records[i].Record.EventJson.Span;
            record.CopyTo(json.AsSpan(at));
            at += record.Length;
        }

        Tail.CopyTo(json.AsSpan(at));
        return json;
    }
}
