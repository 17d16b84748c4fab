using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public class IndexNameTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData(".hidden")]
    [InlineData("größe-2")]
    [InlineData("日本")]
    [InlineData("a_b+c-d.e&f!g@h$i%j;k=l~m'n(o)[p]{q}^`r")]
    [InlineData("<logs-{now/d}>")]
    [InlineData("<logs-{now/d{yyyy.MM.dd|+12:00}}-x>")]
    [InlineData("<{now-1M/M}>")]
    [InlineData("<logs\\{x\\}-{now}>")]
    public void There_can_be_an_index_of_this_name(string name) => Assert.Null(IndexName.ProblemOf(name));

    [Theory]
    [InlineData("", "more than dots")]
    [InlineData(".", "more than dots")]
    [InlineData("..", "more than dots")]
    [InlineData("_all", "does not begin with '_'")]
    [InlineData("-a", "does not begin")]
    [InlineData("+a", "does not begin")]
    [InlineData("Orders", "no capitals")]
    [InlineData("größE", "no capitals")]
    [InlineData("a b", "no ' '")]
    [InlineData("a,b", "no ','")]
    [InlineData("a*", "no '*'")]
    [InlineData("a?", "no '?'")]
    [InlineData("a/b", "no '/'")]
    [InlineData("a\\b", "no '\\'")]
    [InlineData("a\"b", "no '\"'")]
    [InlineData("a<b", "no '<'")]
    [InlineData("a>b", "no '>'")]
    [InlineData("a|b", "no '|'")]
    [InlineData("a#b", "no '#'")]
    [InlineData("a:b", "no ':'")]
    [InlineData("<Logs-{now/d}>", "no capitals")]
    [InlineData("<_x-{now/d}>", "does not begin")]
    [InlineData("<a,{now/d}>", "no ','")]
    [InlineData("<logs-{now/d>", "not whole")]
    [InlineData("<logs-now/d}>", "not whole")]
    [InlineData("<logs-{}>", "not whole")]
    [InlineData("<logs-{today}>", "not whole")]
    [InlineData("<logs-{now/d", "no '<'")]
    public void There_can_be_none_of_this(string name, string why) => Assert.Contains(why, IndexName.ProblemOf(name), StringComparison.Ordinal);

    [Fact]
    public void Its_bytes_are_counted_not_its_letters()
    {
        Assert.Null(IndexName.ProblemOf(new string('a', 255)));
        Assert.Contains("255 bytes", IndexName.ProblemOf(new string('a', 256)), StringComparison.Ordinal);
        Assert.Contains("255 bytes", IndexName.ProblemOf(new string('é', 128)), StringComparison.Ordinal);
    }
}
