using System.Net;
using System.Text;
using CsCheck;
using FanOut.Aws.Protocols;
using FanOut.Aws.Sns;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Fuzzing;

/// <summary>The answer of PublishBatch has a reader for its usual form: where it reads one, the general reader of XML reads the same.</summary>
public class PublishBatchAnswerTests
{
    private const string Namespace = " xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"";

    private static readonly Gen<string> Space = Gen.OneOf("", "", "", " ", "\n  ", "\r\n\t");

    private static readonly Gen<string> Word = Gen.OneOf("0", "1", "2", "9", "10", "", "a-b", "0 ", "<a>0</a>", "&#48;", "é");

    private static readonly Gen<string> Member = Gen.OneOf(Element("Id", Word), Element("MessageId", Word), Element("SequenceNumber", Word), Element("Code", Word))
        .Array[0, 4].Select(Space, static (string[] parts, string space) => $"<member>{space}{string.Join(space, parts)}{space}</member>");

    private static readonly Gen<string> List = Gen.Select(Gen.OneOf("Successful", "Successful", "Failed"), Gen.OneOf(Usual, Usual, Member).Array[0, 4], Space).Select(
        static (name, members, space) => members.Length == 0 && space.Length == 0 ? $"<{name}/>" : $"<{name}>{space}{string.Join(space, members)}{space}</{name}>");

    private static readonly Gen<string> Answer = Gen.Select(List.Array[0, 3], Gen.OneOf(Namespace, Namespace, "", " xmlns=\"x\"", " a=\"b\""), Space).Select(static (lists, attribute, space) =>
        $"{space}<PublishBatchResponse{attribute}>{space}<PublishBatchResult>{string.Join(space, lists)}{space}</PublishBatchResult>{space}<ResponseMetadata>{space}<RequestId>r-1</RequestId></ResponseMetadata>{space}</PublishBatchResponse>{space}");

    private static Gen<string> Usual => Gen.Select(Gen.Int[0, 10], Space).Select(static (id, space) => $"<member>{space}<MessageId>m-{id}</MessageId>{space}<Id>{id}</Id></member>");

    [Fact]
    public void What_it_reads_the_general_reader_reads_too()
    {
        int read = 0;
        Answer.Sample(
            answer =>
            {
                read += IsReadTheSame(Encoding.UTF8.GetBytes(answer)) ? 1 : 0;
                return true;
            },
            iter: 5_000,
            threads: 1);

        // Else it would have proved nothing.
        Assert.InRange(read, 500, 4_500);
    }

    [Fact]
    public void What_it_reads_of_a_damaged_answer_the_general_reader_reads_too() =>
        Answer.SelectMany(static answer => Arbitrary.Damaged(Encoding.UTF8.GetBytes(answer), "<>/=\" &;![]-?019IdMember")).Sample(static answer => IsReadTheSame(answer) || true, iter: 5_000);

    [Theory]
    [InlineData("")]
    [InlineData("\n  ")]
    public void It_reads_what_SNS_answers_when_it_has_taken_all(string space)
    {
        string members = string.Join(space, Enumerable.Range(0, 10).Select(i => $"<member>{space}<MessageId>0f9f7cf6-{i}</MessageId>{space}<Id>{i}</Id>{space}<SequenceNumber>100{i}</SequenceNumber>{space}</member>"));
        foreach (string lists in (string[])[$"<Failed/>{space}<Successful>{space}{members}{space}</Successful>", $"<Successful>{members}</Successful><Failed>{space}</Failed>", $"<Successful>{members}</Successful>"])
        {
            Assert.True(IsReadTheSame(Encoding.UTF8.GetBytes(
                $"<PublishBatchResponse{Namespace}>{space}<PublishBatchResult>{space}{lists}{space}</PublishBatchResult>{space}<ResponseMetadata>{space}<RequestId>a-b</RequestId>{space}</ResponseMetadata>{space}</PublishBatchResponse>{space}")));
        }
    }

    private static bool IsReadTheSame(byte[] answer)
    {
        if (!PublishBatchLayout.TryRead(answer, out NamedResults taken, out int count))
        {
            return false;
        }

        var general = new PublishBatchResponse();
        AmazonSimpleNotificationServiceClient.ReadAnyPublishBatch(new Answered(answer), general);
        Assert.Equal(general.EntryCount, count);
        Assert.Equal(general.Results.NotTaken(10), taken.NotTaken(10));
        return true;
    }

    private static Gen<string> Element(string name, Gen<string> content) => content.Select(text => $"<{name}>{text}</{name}>");

    private sealed class Answered(byte[] body) : WireAnswer
    {
        public override HttpStatusCode Status => HttpStatusCode.OK;

        public override ReadOnlySpan<byte> Body => body;

        public override string? Header(string name) => null;
    }
}
