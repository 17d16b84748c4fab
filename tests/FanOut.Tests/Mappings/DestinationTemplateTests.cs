using System.Text;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;

namespace FanOut.Tests.Mappings;

/// <summary>Topics and indices that are made of the record.</summary>
public sealed class DestinationTemplateTests
{
    [Theory]
    [InlineData(TargetType.Es, "h#orders-<data.country>", "orders-<data.country>")]
    [InlineData(TargetType.Es, "h#<data.country>", "<data.country>")]
    [InlineData(TargetType.Es, "h#<data.a>-<data.b>/type", "<data.a>-<data.b>")]
    [InlineData(TargetType.Es, "h#gr%C3%B6%C3%9Fe-<data.a>", "größe-<data.a>")]
    [InlineData(TargetType.Es, "h#<logs-{now/d}>", null)]
    [InlineData(TargetType.Es, "h#%3Clogs-%7Bnow%2Fd%7D%3E", null)]
    [InlineData(TargetType.Es, "h#%3Cdata.country%3E", null)]
    [InlineData(TargetType.Es, "h#<logs-{now/d{yyyy.MM.dd|+12:00}}>/type", null)]
    [InlineData(TargetType.Iot, "h#devices/<data.id>", "devices/<data.id>")]
    [InlineData(TargetType.Iot, "h#<data.topic>", "<data.topic>")]
    [InlineData(TargetType.Iot, "h#$aws/rules/<data.rule>/a", "$aws/rules/<data.rule>/a")]
    [InlineData(TargetType.Iot, "h#a<b/c>d", "a<b/c>d")]
    [InlineData(TargetType.Iot, "h#a < b > c", null)]
    [InlineData(TargetType.Iot, "h#a/<b", null)]
    public void Values_of_the_record_are_told_from_date_math_and_from_text(TargetType type, string text, string? template)
    {
        Assert.True(Destination.TryParse(type, text, out Destination? destination, out string? problem), problem);
        Assert.Equal(template, destination.Template);
    }

    [Theory]
    [InlineData(TargetType.Es, "h#<logs-<data.country>-{now/d}>", "date math")]
    [InlineData(TargetType.Es, "h#<logs-{now/d}>-<data.country>", "date math")]
    [InlineData(TargetType.Es, "h#orders/<data.type>", "the type has a value of the record")]
    [InlineData(TargetType.Es, "h#a%2Fb-<data.country>", "a slash is no part")]
    [InlineData(TargetType.Es, "h#a/b/<data.country>", "more than an index and a type")]
    [InlineData(TargetType.Iot, "h#a/+/<data.id>", "wildcard")]
    [InlineData(TargetType.Iot, "h#1/2/3/4/5/6/7/8/<data.id>", "7 slashes")]
    public void What_can_never_be_one_is_refused_at_once(TargetType type, string text, string reason)
    {
        Assert.False(Destination.TryParse(type, text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iot", "h#devices/<dat.id>", "destination 'h#devices/<dat.id>': its topic asks for 'dat.id', which no record of the source has")]
    [InlineData("es", "h#orders-<keys.id>", "destination 'h#orders-<keys.id>': its index asks for 'keys.id', which no record of the source has")]
    [InlineData("es", "h#orders-<fanout.mapping>", "its index has no value of the record in it")]
    public void A_row_that_asks_for_what_there_is_not_is_no_mapping(string type, string destination, string reason)
    {
        Assert.Null(MappingReader.Read(Rows.Row(("type", new(type)), ("destination", new(destination))), out InvalidMapping? invalid));
        Assert.Contains(reason, invalid!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("devices/<data.id>", "devices/7", null)]
    [InlineData("<data.topic>", "a/b/c", null)]
    [InlineData("devices/<data.id>", "devices/a/b", "has a slash")]
    [InlineData("devices/<data.id>", "devices/a+b", "wildcard")]
    [InlineData("devices/<data.id>", "devices/#", "wildcard")]
    [InlineData("devices/<data.id>", "devices/\0", "null character")]
    [InlineData("<data.id>/x", "$aws/x", "only the mapping itself may say")]
    [InlineData("<data.id>", "$aws/things/a/shadow/update", "only the mapping itself may say")]
    [InlineData("<data.id>", "$SYS", "only the mapping itself may say")]
    [InlineData("$aws/things/<data.id>/shadow/update", "$aws/things/a/shadow/update", null)]
    [InlineData("$aws/things/<data.id>/shadow/update", "$aws/things/a/b/shadow/update", "has a slash")]
    [InlineData("<data.topic>", "1/2/3/4/5/6/7/8/9", "7 slashes")]
    public void A_topic_of_a_record_leads_nowhere_else_than_its_template(string template, string topic, string? reason) => AssertProblem(reason, IotTopic.ProblemOf(topic, template));

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, "256 bytes")]
    public void A_topic_of_a_record_has_up_to_256_bytes(int length, string? reason) =>
        AssertProblem(reason, IotTopic.ProblemOf("d/" + new string('é', (length - 2) / 2) + new string('x', length % 2), "d/<data.id>"));

    [Theory]
    [InlineData("orders-<data.c>", "orders-de", null)]
    [InlineData("<data.c>", "größe", null)]
    [InlineData("<data.c>", "0.1_a-b", null)]
    [InlineData("<data.c>", "Orders", "capitals")]
    [InlineData("<data.c>", "GRÖSSE", "capitals")]
    [InlineData("<data.c>", "_all", "does not begin")]
    [InlineData("<data.c>", "-a", "does not begin")]
    [InlineData("<data.c>", "+a", "does not begin")]
    [InlineData("<data.c>", ".", "dot")]
    [InlineData("<data.c>", "..", "dot")]
    [InlineData("<data.c>", ".opendistro_security", "hidden")]
    [InlineData(".<data.c>", ".mine", null)]
    [InlineData("<data.c>", "<logs-{now/d}>", "none of")]
    [InlineData("<data.c>", "a,b", "none of")]
    [InlineData("<data.c>", "a*", "none of")]
    [InlineData("<data.c>", "a/_bulk", "none of")]
    [InlineData("<data.c>", "a b", "none of")]
    [InlineData("<data.c>", "a:b", "none of")]
    [InlineData("<data.c>", "a\"}}\n{\"delete\":{\"_index\":\"x", "none of")]
    public void An_index_of_a_record_is_a_name_and_nothing_more(string template, string index, string? reason)
    {
        string? problem = IndexName.ProblemOf(Encoding.UTF8.GetBytes(index), template);
        AssertProblem(reason, problem);
        Assert.DoesNotContain("opendistro", problem ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255, 'a', null)]
    [InlineData(256, 'a', "255 bytes")]
    [InlineData(128, 'é', "255 bytes")]
    public void An_index_of_a_record_has_up_to_255_bytes(int count, char c, string? reason) =>
        AssertProblem(reason, IndexName.ProblemOf(Encoding.UTF8.GetBytes(new string(c, count)), "<data.c>"));

    [Fact]
    public void Placeholders_are_filled_and_the_rest_stays()
    {
        Assert.Equal("a/*/b/*", RecordPlaces.Fill("a/<data.x>/b/<data.y>", "*"));
        Assert.Equal("A/*/{<X}", RecordPlaces.Fill("a/<data.x>/{<x}", "*", static s => s.ToUpperInvariant()));
        Assert.Equal("a/<data.x>", RecordPlaces.Fill("a/<data.x>", null));
        Assert.True(RecordPlaces.IsOne("<data.x>"));
        Assert.False(RecordPlaces.IsOne("<data.x><data.y>"));
    }

    private static void AssertProblem(string? reason, string? problem)
    {
        if (reason is null)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains(reason, problem, StringComparison.Ordinal);
        }
    }
}
