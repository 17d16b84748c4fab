using FanOut.Engine.Mappings;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Mappings;

public class StreamImagesTests
{
    [Theory]
    [InlineData("NEW_AND_OLD_IMAGES", "")]
    [InlineData("NEW_IMAGE", "OldImage!, Both")]
    [InlineData("OLD_IMAGE", "NewImage!, Both")]
    [InlineData("KEYS_ONLY", "NewImage!, OldImage!, Both!")]
    [InlineData("SOMETHING_NEW", "")]
    public void A_view_misses_what_the_stream_does_not_carry(string streamViewType, string missing)
    {
        Mapping mapping = TestTargets.Mapping(TargetType.Sqs);
        IEnumerable<string> found =
            from view in Enum.GetValues<View>()
            where StreamImages.FindMissing(mapping with { View = view }, streamViewType) is not null
            select view + (StreamImages.IsNeverThere(streamViewType, view) ? "!" : "");
        Assert.Equal(missing, string.Join(", ", found));
    }

    [Fact]
    public void A_function_that_gets_the_event_s_own_records_needs_no_image()
    {
        Mapping mapping = TestTargets.Mapping(TargetType.Lambda);
        Assert.Null(StreamImages.FindMissing(mapping, "KEYS_ONLY"));
        Assert.Equal("its view is newImage, which a stream of the view type KEYS_ONLY never carries: its records fail", StreamImages.FindMissing(mapping with { Passthrough = true }, "KEYS_ONLY"));
    }
}
