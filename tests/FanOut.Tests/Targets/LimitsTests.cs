using System.Text;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Batching;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Targets;

/// <summary>Each target precisely at its limits.</summary>
public class LimitsTests
{
    private const string Key = "ключ 🔑 \"\\";

    public static TheoryData<TargetType> Types => [.. Enum.GetValues<TargetType>()];

    /// <summary>What an item has besides its data.</summary>
    private static int Overhead(TargetType type) => type switch
    {
        TargetType.Kinesis => Encoding.UTF8.GetByteCount(Key),
        TargetType.Es => Encoding.UTF8.GetByteCount("{\"index\":{\"_id\":\"ключ 🔑 \\\"\\\\\"}}\n" + "\n"),
        TargetType.Events => 14 + Encoding.UTF8.GetByteCount("fanout" + "in" + TestPayloads.Source),
        _ => 0,
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task An_item_of_precisely_the_limit_goes_and_one_byte_more_does_not(TargetType type)
    {
        await using TargetFactory factory = TestTargets.Factory(new FakeTimeProvider());
        ITarget target = factory.TargetOf(TestTargets.Mapping(type) with { Collapse = Collapse.None, MaxItemBytes = 1_000 }).Target;
        int most = 1_000 - Overhead(type);

        TargetBatch batch = TestPayloads.Batch(target.Cutter, Document(most), Document(most + 1), Document(most - 1));

        Assert.Equal([1_000, 999], batch.Items.Select(i => i.Bytes));
        Assert.Equal([0, 2], [batch[0].Record, batch[1].Record]);
        (int payload, Failure failure) = Assert.Single(batch.Failed);
        Assert.Equal((1, FailureClass.Oversize), (payload, failure.Class));
        Assert.Contains("1001 bytes", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_call_of_precisely_the_limit_goes_and_one_byte_more_makes_two_calls(TargetType type)
    {
        await using TargetFactory factory = TestTargets.Factory(new FakeTimeProvider());
        Payload[] three = [.. Enumerable.Repeat(Document(1_000 - Overhead(type)), 3)];
        int whole = type == TargetType.Lambda ? "{\"Records\":[,,]}".Length + 3_000 : 3_000;
        Mapping mapping = TestTargets.Mapping(type) with { Collapse = Collapse.None, MaxItemBytes = 1_000 };

        int[] fits = Cut(factory.TargetOf(mapping with { MaxBatchBytes = whole }).Target, three);
        int[] over = Cut(factory.TargetOf(mapping with { MaxBatchBytes = whole - 1 }).Target, three);

        Assert.Equal(type is TargetType.Iot or TargetType.States or TargetType.Http ? [1, 1, 1] : [3], fits);
        Assert.Equal(type is TargetType.Iot or TargetType.States or TargetType.Http ? [1, 1, 1] : [2, 1], over);
    }

    [Theory]
    [InlineData(TargetType.Sns, 10, 262_144, 262_144)]
    [InlineData(TargetType.Sqs, 10, 262_144, 1_048_576)]
    [InlineData(TargetType.Kinesis, 500, 1_048_576, 10_485_760)]
    [InlineData(TargetType.Firehose, 500, 1_024_000, 4_194_304)]
    [InlineData(TargetType.Iot, 1, 131_072, 131_072)]
    [InlineData(TargetType.Lambda, 10_000, 1_048_576, 1_048_576)]
    [InlineData(TargetType.Events, 10, 1_048_576, 1_048_576)]
    [InlineData(TargetType.States, 1, 262_144, 262_144)]
    [InlineData(TargetType.Http, 500, 1_048_576, 1_048_576)]
    public async Task Without_settings_the_service_s_own_limits_hold(TargetType type, int items, int itemBytes, int callBytes)
    {
        await using TargetFactory factory = TestTargets.Factory(new FakeTimeProvider());
        Limits limits = factory.TargetOf(TestTargets.Mapping(type)).Target.Limits;

        Assert.Equal((items, itemBytes, callBytes), (limits.Items, limits.ItemBytes, limits.CallBytes));
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_key_too_long_for_Kinesis_is_hashed_and_counted_as_such(int characters, bool kept)
    {
        byte[] key = Encoding.UTF8.GetBytes(new string('é', characters));
        Assert.Equal(kept ? key : Encoding.ASCII.GetBytes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key))), Keys.ForKinesis(key).ToArray());
    }

    [Theory]
    [InlineData("a|b", true)]
    [InlineData("two words", false)]
    [InlineData("é", false)]
    [InlineData("", false)]
    public void A_group_of_a_queue_is_the_key_where_it_may_be(string key, bool kept)
    {
        byte[] group = Keys.ForFifo(Encoding.UTF8.GetBytes(key)).ToArray();
        Assert.Equal(kept ? key.Length : 64, group.Length);
    }

    [Theory]
    [InlineData(Collapse.Json, "{\"Records\":[,,]}")]
    [InlineData(Collapse.JsonArray, "[,,]")]
    [InlineData(Collapse.JsonLines, "\n\n\n")]
    [InlineData(Collapse.Concat, "")]
    public async Task A_request_to_an_endpoint_is_cut_by_what_it_has_in_all(Collapse collapse, string around)
    {
        await using TargetFactory factory = TestTargets.Factory(new FakeTimeProvider());
        Payload[] three = [.. Enumerable.Repeat(Document(1_000), 3)];
        Mapping mapping = TestTargets.Mapping(TargetType.Http) with { Collapse = collapse };

        Assert.Equal([3], Cut(factory.TargetOf(mapping with { MaxBatchBytes = 3_000 + around.Length }).Target, three));
        Assert.Equal([2, 1], Cut(factory.TargetOf(mapping with { MaxBatchBytes = 3_000 + around.Length - 1 }).Target, three));
    }

    private static int[] Cut(ITarget target, Payload[] payloads) =>
        [.. Blocks.Cut(TestPayloads.Batch(target.Cutter, payloads).Items.Span, target.Limits).Select(b => b.Count)];

    private static Payload Document(int bytes) => TestPayloads.Payload("{\"a\":\"" + new string('x', bytes - 8) + "\"}", Key);
}
