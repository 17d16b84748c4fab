using Amazon.DynamoDBv2.Model;
using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Progress;

namespace FanOut.Tests.Progress;

public sealed class NoteTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Note> Notes =
        from count in Gen.Int[1, 60]
        from open in Gen.Bool.Array[count]
        from states in Gen.Select(Gen.Bool.Array[count], Gen.Select(Gen.Int[0, count - 1], Gen.Int[0, 40]).Array[0, 6]).Array[0, 4]
        select Make(open, states);

    [Fact]
    public void A_note_is_read_as_it_was_written() => Notes.Sample(note =>
    {
        Note read = NoteItem.Read(NoteItem.Write(note, "hash", "v"), Now);

        Assert.Equal((note.Key, note.Lowest, note.Expires, "v"), (read.Key, read.Lowest, read.Expires, read.Version));
        Assert.Equal(note.Records, read.Records);
        Assert.Equal(note.Open.Cast<bool>(), read.Open.Cast<bool>());
        Assert.Equal(note.Settled.Where(static s => !s.Value.IsEmpty).Select(static s => s.Key).Order(), read.Settled.Keys.Order());
        Assert.Equal(Tell(note), Tell(read));
    });

    [Fact]
    public void Its_size_is_not_underestimated() => Notes.Sample(note =>
        Assert.InRange(NoteItem.Write(note, "hash", "version").Sum(static a => a.Key.Length + SizeOf(a.Value)), 1, NoteItem.SizeOf(note)));

    [Fact]
    public void A_note_that_has_expired_says_nothing() => Assert.Empty(NoteItem.Read(NoteItem.Write(Make([true], [([true], [])]), "hash", "v"), Now.AddDays(1)).Records);

    [Fact]
    public void Anything_may_stand_in_an_item() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60], Gen.Long).Sample((records, bits, parts, expires) =>
    {
        static AttributeValue Binary(byte[] bytes) => new() { B = new MemoryStream(bytes) };
        var entry = new AttributeValue { M = new() { ["mappings"] = new() { L = [new AttributeValue("m")] }, ["records"] = Binary(bits), ["parts"] = Binary(parts) } };
        Note note = NoteItem.Read(
            new() { ["expires"] = new() { N = $"{expires}" }, ["records"] = Binary(records), ["open"] = Binary(bits), ["settled"] = new() { L = [entry, new() { S = "no map" }] } }, Now);
        Assert.InRange(note.Records.Length, 0, 7);
    });

    private static Note Make(bool[] open, (bool[] Whole, (int Record, int Part)[] Parts)[] states)
    {
        var note = new Note("key", [.. Enumerable.Range(1, open.Length).Select(static i => (ulong)i * 0x123456789)]) { Lowest = "002,10", Expires = Now.AddDays(1) };
        for (int i = 0; i < open.Length; i++)
        {
            note.Open[i] = open[i];
        }

        for (int mapping = 0; mapping < states.Length; mapping++)
        {
            SettledRecords settled = note.Of($"mapping{mapping}#0123456789abcdef");
            foreach (int whole in Enumerable.Range(0, open.Length).Where(i => states[mapping].Whole[i]))
            {
                settled.Add(whole);
            }

            foreach ((int record, int part) in states[mapping].Parts)
            {
                settled.Add(record, part);
            }
        }

        return note;
    }

    private static IEnumerable<string> Tell(Note note) => note.Settled
        .SelectMany(s => Enumerable.Range(0, note.Records.Length).SelectMany(r => Enumerable.Range(-1, 43).Where(p => p < 0 ? s.Value.Has(r) : s.Value.Has(r, p)).Select(p => $"{s.Key} {r} {p}"))).Order();

    private static int SizeOf(AttributeValue value) => value.S?.Length ?? value.N?.Length ?? (int?)value.B?.Length
        ?? (value.L is { } list ? 3 + list.Sum(static v => 1 + SizeOf(v)) : 3 + value.M.Sum(static a => 1 + a.Key.Length + SizeOf(a.Value)));
}
