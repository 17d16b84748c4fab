using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FanOut.Aws.S3;
using FanOut.DeadLetters;
using FanOut.DeadLetters.Replays;
using FanOut.Engine.Mappings;
using FanOut.Local.Events;
using FanOut.Tests.LocalCloud;
using FanOut.Tests.Sources;

namespace FanOut.Tests.DeadLetters.Replays;

/// <summary>What reading a file of megabytes takes of the garbage collector, and how many such files are in memory at a time.</summary>
public sealed class GivenUpMemoryTests : CloudTests
{
    private const int Records = 4000, RecordBytes = 700;
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    private static readonly BucketDestination Bucket = new("s3://given-up", "given-up", "", null);

    [Fact]
    public void Taking_a_file_apart_allocates_neither_the_event_nor_its_records_anew()
    {
        byte[] json = File();
        using FileMemory text = new(json.Length);
        GivenUpFile file = Named("2026-11-25T16.00.00-x");
        Take();

        long before = GC.GetAllocatedBytesForCurrentThread();
        (int records, long bytes) = Take();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Records, records);
        Assert.InRange(bytes, (long)Records * RecordBytes, json.Length);

        // What says of each record where it lies. As texts the event and its records had ten megabytes.
        Assert.InRange(allocated, 0, Records * 500L);

        (int Records, long Bytes) Take()
        {
            text.Clear();
            SplitReport.Of(json, text);
            (int count, long sum) = (0, 0);
            foreach (IReadOnlyList<EventRecord> page in RecordPages.Of(SplitEvent.Of(new GivenUpEvent(file, "", text.Written, SplitEvent.PlacesIn(text.Written.Span), text))))
            {
                count += page.Count;
                sum += page.Sum(static r => (long)r.Bytes);
            }

            return (count, sum);
        }
    }

    [Fact]
    public async Task Files_of_megabytes_are_read_into_the_same_memory_one_after_another()
    {
        Cloud.S3.CreateBucket(Bucket.Bucket);
        GivenUpFile[] files = [.. Enumerable.Range(0, 4).Select(static i => Named($"2026-11-25T16.00.0{i}-x"))];
        foreach (GivenUpFile file in files)
        {
            Cloud.S3.Put(Bucket.Bucket, file.Found.Key, Encoding.UTF8.GetString(File()));
        }

        using ReadGivenUp read = new(new BucketLetters(SourceTests.Open(Cloud.Endpoint), Bucket, null), Stream);
        HashSet<byte[]> arrays = [];
        foreach (GivenUpFile file in files)
        {
            using GivenUpEvent? given = await read.OfAsync(file, Cancellation);
            Assert.Equal(Records, SplitEvent.Of(given!).Count());
            Assert.True(MemoryMarshal.TryGetArray(given!.Json, out ArraySegment<byte> lies));
            arrays.Add(lies.Array!);
        }

        Assert.Single(arrays);
    }

    [Fact]
    public async Task Who_wants_more_of_them_than_may_be_held_waits()
    {
        const long Large = 2 * 1024 * 1024;
        using LargeMemory memory = new(2);
        using FileMemory one = await memory.RentAsync(Large, Cancellation), two = await memory.RentAsync(Large, Cancellation);

        Task<FileMemory> third = memory.RentAsync(Large, Cancellation);
        Task<FileMemory> small = memory.RentAsync(1000, Cancellation);

        Assert.False(third.IsCompleted);
        Assert.True(small.IsCompletedSuccessfully);
        one.Dispose();
        (await third).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public void Pages_have_neither_too_many_records_nor_too_many_bytes()
    {
        EventRecord small = new() { Whole = new byte[10] }, middle = new() { Whole = new byte[200_000] }, large = new() { Whole = new byte[600_000] };

        int[] sizes = [.. RecordPages.Of([.. Enumerable.Repeat(small, 501), middle, middle, middle, large, small]).Select(static p => p.Count)];

        Assert.Equal([500, 3, 1, 1, 1], sizes);
    }

    private static GivenUpFile Named(string name) =>
        GivenUpFile.Of(new S3ObjectSummary { Key = $"aws/lambda/m/shardId-000000000000/2026/11/25/{name}", ETag = "\"1\"", Size = File().Length })!;

    // As Lambda writes it: the event is a text in the report.
    private static byte[] File()
    {
        string data = Convert.ToBase64String(new byte[RecordBytes / 4 * 3]);
        IEnumerable<string> records = Enumerable.Range(0, Records).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"kinesis":{"partitionKey":"k","sequenceNumber":"{{{i + 1}}}","data":"{{{data}}}","approximateArrivalTimestamp":1790000000.1},"eventSource":"aws:kinesis","eventSourceARN":"{{{Stream}}}"}"""));
        return Encoding.UTF8.GetBytes(
            $$$"""{"requestContext":{"condition":"RetryAttemptsExhausted"},"KinesisBatchInfo":{"streamArn":"{{{Stream}}}"},"payload":"{{{JsonEncodedText.Encode($"{{\"Records\":[{string.Join(',', records)}]}}", JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}}"}""");
    }
}
