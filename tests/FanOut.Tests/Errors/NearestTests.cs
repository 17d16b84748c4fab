using FanOut.Errors;

namespace FanOut.Tests.Errors;

public class NearestTests
{
    [Theory]
    [InlineData("ordres", "orders")]
    [InlineData("ORDERS", "orders")]
    [InlineData("order", "orders")]
    [InlineData("t2", "t1")]
    [InlineData("b", null)]
    [InlineData("x9", null)]
    [InlineData("nope", null)]
    [InlineData("copi", "copy")]
    [InlineData("cpoy", "copy")]
    [InlineData("customers", null)]
    public void What_has_little_in_common_with_a_name_was_not_meant(string name, string? expected) => Assert.Equal(expected, Nearest.Near(name, ["a", "t1", "copy", "orders"]));
}
