using System.Text;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class BatchResponseTests
{
    private const int Whole = 0;
    private const int Success = 5;

    // Five records, numbered 8 to 12: as text, "10" is the lowest; as a number, 8 is.
    private static readonly Batch Records = new([.. Enumerable.Range(8, 5).Select(n => new BatchRecord(n, Shards.Record(n)))], 13);

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"something":"else"}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    [InlineData("""{"batchItemFailures":[]}""")]
    public void An_empty_answer_is_success(string answer) => Assert.Equal(Success, Checkpoint(answer));

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":11}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"99"}]}""")]
    [InlineData("""{"batchItemFailures":[{"sequenceNumber":"11"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"11"},{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":["11"]}""")]
    [InlineData("""{"batchItemFailures":"11"}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"11"}""")]
    [InlineData("\"ok\"")]
    [InlineData("not JSON")]
    public void An_answer_that_cannot_be_understood_fails_the_whole_batch(string answer) => Assert.Equal(Whole, Checkpoint(answer));

    [Theory]
    [InlineData("12", 4)]
    [InlineData("12,9", 1)]
    [InlineData("9,12", 1)]
    [InlineData("10,9", 1)]
    [InlineData("11,10,12", 2)]
    [InlineData("8", 0)]
    public void The_lowest_sequence_number_is_the_checkpoint_compared_as_a_number(string failed, int checkpoint) =>
        Assert.Equal(checkpoint, Checkpoint(Encoding.UTF8.GetString(
            ScriptedFunction.Report([.. failed.Split(',').Select(int.Parse)]).Payload.Span)));

    [Fact]
    public void Only_records_of_the_piece_that_was_sent_count()
    {
        var sent = new BatchPiece(2, 2);

        Assert.Equal(3, BatchResponse.Checkpoint(ScriptedFunction.Report(11).Payload, Records, sent));
        Assert.Equal(2, BatchResponse.Checkpoint(ScriptedFunction.Report(12).Payload, Records, sent));
        Assert.Equal(4, BatchResponse.Checkpoint(ScriptedFunction.Success().Payload, Records, sent));
    }

    private static int Checkpoint(string answer) => BatchResponse.Checkpoint(Encoding.UTF8.GetBytes(answer), Records, new(0, 5));
}
