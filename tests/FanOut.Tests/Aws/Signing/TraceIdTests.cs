using FanOut.Aws.Signing;

namespace FanOut.Tests.Aws.Signing;

public class TraceIdTests
{
    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=25:a87bd80c:1", null)]
    [InlineData("a\nb é/%", "a%0Ab%20%C3%A9%2F%25")]
    public void A_trace_is_sent_as_it_is_unless_a_header_cannot_hold_it(string id, string? encoded) => Assert.Equal(encoded ?? id, TraceId.Encode(id));
}
