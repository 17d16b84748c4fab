using System.Text;
using FanOut.Engine.Filtering;

namespace FanOut.Tests.Filtering;

/// <summary>What the user guide of EventBridge and the description of its rule engine show by example, and what they leave open.</summary>
public sealed class EventPatternTests
{
    // As the guide's event, with an address.
    private const string Event = """
        {"version":"0","id":"ddddd4","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"012345679012",
         "time":"2017-10-02T16:24:49Z","region":"us-east-1","resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-1"],
         "detail":{"c-count":5,"d-count":3,"x-limit":301.8,"source-ip":"10.0.0.33","instance-id":"i-1","state":"running"}}
        """;

    [Theory]
    [InlineData("""{"detail-type":["EC2 Instance State-change Notification"],"resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-1"],"detail":{"state":["initializing","running"]}}""")]
    [InlineData("""{"time":[{"prefix":"2017-10-02"}]}""")]
    [InlineData("""{"source":[{"suffix":"ec2"}]}""")]
    [InlineData("""{"source":[{"equals-ignore-case":"AWS.EC2"}]}""")]
    [InlineData("""{"source":[{"wildcard":"a*.*2"}]}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":"initializing"}]}}""")]
    [InlineData("""{"detail":{"x-limit":[{"anything-but":123}]}}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":["stopped","overloaded"]}]}}""")]
    [InlineData("""{"detail":{"x-limit":[{"anything-but":[100,200,300]}]}}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":{"prefix":"init"}}]}}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":{"suffix":"ed"}}]}}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":{"equals-ignore-case":"STOPPED"}}]}}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":{"wildcard":"*zz*"}}]}}""")]
    [InlineData("""{"detail":{"c-count":[{"numeric":[">",0,"<=",5]}],"d-count":[{"numeric":["<",10]}],"x-limit":[{"numeric":["=",3.018e2]}]}}""")]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.0.0/24"}]}}""")]
    [InlineData("""{"detail":{"c-count":[{"exists":true}],"nothing":[{"exists":false}]}}""")]
    [InlineData("""{"detail":[{"exists":false}]}""")]
    [InlineData("""{"time":[{"prefix":"2017-10-02"}],"detail":{"state":[{"anything-but":"initializing"}],"c-count":[{"numeric":[">",0,"<=",5]}],"d-count":[{"numeric":["<",10]}],"x-limit":[{"anything-but":[100,200,300]}],"source-ip":[{"cidr":"10.0.0.0/8"}]}}""")]
    [InlineData("""{"$or":[{"source":["aws.s3"]},{"detail":{"c-count":[5]}}],"detail":{"state":["running"]}}""")]
    public void The_guides_examples_match_its_event(string pattern) => Assert.True(Matches(pattern, Event));

    [Theory]
    [InlineData("""{"detail":{"state":["stopped"]}}""")]
    [InlineData("""{"time":[{"prefix":"2017-10-03"}]}""")]
    [InlineData("""{"source":[{"suffix":"ec3"}]}""")]
    [InlineData("""{"source":["AWS.EC2"]}""")]
    [InlineData("""{"detail":{"state":[{"anything-but":"running"}]}}""")]
    [InlineData("""{"detail":{"x-limit":[{"anything-but":[301.8]}]}}""")]
    [InlineData("""{"detail":{"c-count":[{"numeric":["<",5]}]}}""")]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.0.0/28"}]}}""")]
    [InlineData("""{"detail":{"c-count":[{"exists":false}]}}""")]
    [InlineData("""{"nothing":[{"anything-but":"x"}]}""")]
    [InlineData("""{"nothing":[{"exists":true}]}""")]
    [InlineData("""{"detail":[{"exists":true}]}""")]
    [InlineData("""{"source":{"deeper":["aws.ec2"]}}""")]
    [InlineData("""{"source":["aws.ec2"],"detail":{"state":["stopped"]}}""")]
    [InlineData("""{"$or":[{"source":["aws.s3"]},{"detail":{"c-count":[6]}}]}""")]
    public void What_differs_in_one_field_does_not_match(string pattern) => Assert.False(Matches(pattern, Event));

    [Theory]
    [InlineData("[null]", "null", true)]
    [InlineData("[null]", "\"null\"", false)]
    [InlineData("[\"\"]", "\"\"", true)]
    [InlineData("[\"\"]", "null", false)]
    [InlineData("[true]", "true", true)]
    [InlineData("[true]", "\"true\"", false)]
    [InlineData("[false]", "true", false)]
    [InlineData("[1]", "\"1\"", false)]
    [InlineData("[\"1\"]", "1", false)]
    [InlineData("[{\"anything-but\":\"x\"}]", "null", true)]
    [InlineData("[{\"anything-but\":\"x\"}]", "5", true)]
    [InlineData("[{\"anything-but\":5}]", "5.0", false)]
    [InlineData("[{\"exists\":true}]", "null", true)]
    [InlineData("[{\"exists\":false},\"x\"]", "\"x\"", true)]
    [InlineData("[{\"exists\":false},\"x\"]", "\"y\"", false)]
    [InlineData("[{\"exists\":false}]", "[]", true)]
    [InlineData("[{\"exists\":true}]", "[[],{}]", false)]
    [InlineData("[{\"prefix\":\"\"}]", "\"\"", true)]
    [InlineData("[{\"prefix\":\"1\"}]", "10", false)]
    [InlineData("[{\"prefix\":\"n\"}]", "null", false)]
    public void Kinds_of_values_are_told_apart(string asked, string value, bool expected) => AssertValue(expected, asked, value);

    [Theory]
    [InlineData("300", "300.0", true)]
    [InlineData("300", "3.0e2", true)]
    [InlineData("300", "3000E-1", true)]
    [InlineData("0", "-0.00e5", true)]
    [InlineData("0.1", "1e-1", true)]
    [InlineData("12345678901234567890123456789", "12345678901234567890123456789.0", true)]
    [InlineData("12345678901234567890123456789", "12345678901234567890123456788", false)]
    [InlineData("1e400", "10e399", true)]
    [InlineData("1e400", "1e401", false)]
    [InlineData("5", "-5", false)]
    [InlineData("1e99999999999999999999", "1e99999999999999999999", true)]
    [InlineData("0.30000000000000001", "0.3", false)]
    public void Numbers_are_equal_by_their_value(string one, string other, bool expected)
    {
        AssertValue(expected, $"[{one}]", other);
        AssertValue(expected, $"[{other}]", one);
        AssertValue(!expected, $"[{{\"anything-but\":{one}}}]", other);
    }

    [Theory]
    [InlineData("\">\",0", "0.000000001", true)]
    [InlineData("\">\",0", "0", false)]
    [InlineData("\">=\",0", "-0", true)]
    [InlineData("\"<\",-1", "-1.5", true)]
    [InlineData("\"<\",-1", "-0.5", false)]
    [InlineData("\"<=\",10,\">\",5", "10", true)]
    [InlineData("\"<=\",10,\">\",5", "5", false)]
    [InlineData("\">\",99", "100", true)]
    [InlineData("\">\",99", "98.99", false)]
    [InlineData("\">\",99", "\"100\"", false)]
    [InlineData("\">\",0", "5000000000.1", true)]
    [InlineData("\"<\",0", "-5000000001", true)]
    [InlineData("\">=\",1733000000000,\"<\",1733000001000", "1733000000999", true)]
    [InlineData("\">=\",1733000000000,\"<\",1733000001000", "1733000001000", false)]
    [InlineData("\">\",1e308", "1.0000000000000001e308", true)]
    [InlineData("\">\",9007199254740992", "9007199254740993", true)]
    [InlineData("\"<\",0.3", "0.29999999999999999999999", true)]
    [InlineData("\"=\",1e400", "10e399", true)]
    [InlineData("\">\",0", "1e-400", true)]
    [InlineData("\"<\",-1e400", "-1e401", true)]
    [InlineData("\">\",12345678901234567890123456789", "12345678901234567890123456789.1", true)]
    public void Numbers_of_any_size_are_compared_by_all_of_their_digits(string comparison, string value, bool expected) =>
        AssertValue(expected, $"[{{\"numeric\":[{comparison}]}}]", value);

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("hello*", "hello", true)]
    [InlineData("h*o", "helo", true)]
    [InlineData("h*o", "ho", true)]
    [InlineData("h*o", "h", false)]
    [InlineData("*a*a*", "aa", true)]
    [InlineData("*a*a*", "a", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("*.png", "a.png.png", true)]
    [InlineData("*.png", "a.pngx", false)]
    [InlineData("""a\\*b""", "a*b", true)]
    [InlineData("""a\\*b""", "axb", false)]
    [InlineData("""a\\\\*""", """a\\b""", true)]
    [InlineData("plain", "plain", true)]
    [InlineData("plain", "plainer", false)]
    [InlineData("鍵*🔑", "鍵é🔑", true)]
    public void A_star_stands_for_any_run(string wildcard, string text, bool expected) =>
        AssertValue(expected, $"[{{\"wildcard\":\"{wildcard}\"}}]", $"\"{text}\"");

    [Theory]
    [InlineData("prefix", "EventB", "eventbridge", true)]
    [InlineData("prefix", "EventB", "event", false)]
    [InlineData("suffix", "tBridge", "EVENTBRIDGE", true)]
    [InlineData("suffix", "tBridge", "bridge", false)]
    [InlineData("prefix", "GRÖ", "größe", true)]
    [InlineData("suffix", "ÖSSE", "größe", false)]
    public void Beginnings_and_ends_may_ignore_case(string name, string text, string value, bool expected)
    {
        AssertValue(expected, $$$"""[{"{{{name}}}":{"equals-ignore-case":"{{{text}}}"}}]""", $"\"{value}\"");
        AssertValue(!expected, $$$$"""[{"anything-but":{"{{{{name}}}}":{"equals-ignore-case":"{{{{text}}}}"}}}]""", $"\"{value}\"");
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.255", true)]
    [InlineData("10.0.0.0/24", "10.0.1.0", false)]
    [InlineData("10.0.0.77/24", "10.0.0.1", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("10.0.0.1/32", "10.0.0.1", true)]
    [InlineData("10.0.0.0/8", "10.0.0", false)]
    [InlineData("10.0.0.0/8", "10.0.0.256", false)]
    [InlineData("10.0.0.0/8", "10.0.0.01", false)]
    [InlineData("10.0.0.0/8", "10.0.0.1.2", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:DB8:0:0:0:0:0:1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/32", "2001:db8", false)]
    [InlineData("2001:db8::/32", "2001:db8::1::2", false)]
    [InlineData("2001:db8::/32", "2001:db8:0:0:0:0:0:0:1", false)]
    [InlineData("::/0", "::", true)]
    [InlineData("::/0", "1.2.3.4", false)]
    [InlineData("::ffff:0:0/96", "::ffff:10.0.0.1", true)]
    [InlineData("::1/128", "0:0:0:0:0:0:0:1", true)]
    public void Addresses_belong_to_networks(string network, string address, bool expected) =>
        AssertValue(expected, $"[{{\"cidr\":\"{network}\"}}]", $"\"{address}\"");

    [Theory]
    [InlineData("""{"firstName":["Anna"]}""", true)]
    [InlineData("""{"firstName":["Anna"],"lastName":["Smith"]}""", true)]
    [InlineData("""{"firstName":["Anna"],"lastName":["Jones"]}""", false)]
    [InlineData("""{"firstName":["Anna"],"age":[{"exists":false}]}""", true)]
    [InlineData("""{"firstName":["Peter"],"age":[{"exists":false}]}""", false)]
    [InlineData("""{"$or":[{"firstName":["Nobody"]},{"firstName":["Peter"],"lastName":["Jones"]}]}""", true)]
    public void Fields_of_an_array_of_objects_match_in_one_and_the_same_object(string pattern, bool expected)
    {
        const string Employees = """{"firstName":"John","lastName":"Doe"},{"firstName":"Anna","lastName":"Smith"},{"firstName":"Peter","lastName":"Jones","age":3}""";
        Assert.Equal(expected, Matches($"{{\"employees\":{pattern}}}", $"{{\"employees\":[{Employees}]}}"));
        Assert.Equal(expected, Matches($"{{\"employees\":{pattern}}}", $"{{\"employees\":[[],[[{Employees}]]]}}"));
        Assert.Equal(expected, Matches(pattern, $"[{Employees}]"));
    }

    [Theory]
    [InlineData("""{"source":["aws.cloudwatch"],"metricName":"ReadLatency"}""", true)]
    [InlineData("""{"source":["aws.cloudwatch"],"metricType":"MetricType","namespace":"AWS/ES","metricId":1234}""", true)]
    [InlineData("""{"source":["aws.cloudwatch"],"metricType":"MetricType","namespace":"AWS/ES","spaceId":1000.0}""", true)]
    [InlineData("""{"source":["aws.cloudwatch"],"metricType":"MetricType","namespace":"AWS/ES"}""", false)]
    [InlineData("""{"source":["aws.cloudwatch"],"scope":"Service"}""", true)]
    [InlineData("""{"source":["aws.cloudwatch"]}""", false)]
    [InlineData("""{"scope":"Service"}""", false)]
    public void Alternatives_may_be_nested(string json, bool expected) => Assert.Equal(expected, Matches(
        """{"source":["aws.cloudwatch"],"$or":[{"metricName":["CPUUtilization","ReadLatency"]},{"metricType":["MetricType"],"namespace":["AWS/EC2","AWS/ES"],"$or":[{"metricId":[1234]},{"spaceId":[1000]}]},{"scope":["Service"]}]}""",
        json));

    [Theory]
    [InlineData("""{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}""", """{"a":2}""", true)]
    [InlineData("""{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}""", """{"a":1}""", false)]
    [InlineData("""{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}""", """{"a":1,"b":3}""", true)]
    [InlineData("""{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}""", """{"a":4,"b":3}""", false)]
    [InlineData("""{"$or":[{"a":[2]},{"b":[3]}],"a":[1]}""", """{"a":2}""", false)]
    [InlineData("""{"$or":[{"a":[2]},{"b":[3]}],"a":[1]}""", """{"a":1}""", true)]
    [InlineData("""{"a":{"x":[1],"y":[1]},"$or":[{"a":{"x":[2]}},{"b":[3]}]}""", """{"a":{"x":2,"y":1}}""", true)]
    [InlineData("""{"a":{"x":[1],"y":[1]},"$or":[{"a":{"x":[2]}},{"b":[3]}]}""", """{"a":{"x":2,"y":2}}""", false)]
    [InlineData("""{"a":[1],"$or":[{"$or":[{"a":[2]},{"b":[3]}]},{"c":[4]}]}""", """{"a":2}""", true)]
    [InlineData("""{"$or":[{"a":[1]},{"b":[2]}],"c":{"$or":[{"x":[1]},{"y":[2]}]}}""", """{"b":2,"c":{"y":2}}""", true)]
    [InlineData("""{"$or":[{"a":[1]},{"b":[2]}],"c":{"$or":[{"x":[1]},{"y":[2]}]}}""", """{"c":{"y":2}}""", false)]
    public void A_field_that_is_asked_for_again_is_judged_by_what_stands_last(string pattern, string json, bool expected) =>
        Assert.Equal(expected, Matches(pattern, json));

    [Theory]
    [InlineData("""{"i":[{"a":1,"c":3}]}""", true)]
    [InlineData("""{"i":[{"a":1},{"c":3}]}""", false)]
    [InlineData("""{"i":[{"a":1,"b":2},{"b":2,"c":3}]}""", true)]
    public void Fields_inside_and_outside_of_alternatives_are_asked_of_one_and_the_same_object(string json, bool expected) =>
        Assert.Equal(expected, Matches("""{"$or":[{"i":{"a":[1]}},{"i":{"b":[2]}}],"i":{"c":[3]}}""", json));

    [Theory]
    [InlineData("2001:db8::1", "2001:DB8:0:0:0:0:0:1", true)]
    [InlineData("2001:db8:0:0::1", "2001:db8::1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("::ffff:10.0.0.1", "::ffff:a00:1", true)]
    [InlineData("::ffff:a00:1", "10.0.0.1", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.01", false)]
    [InlineData("2001:db8::1::", "2001:db8:0::1::", false)]
    [InlineData("2001:db8::1::", "2001:db8::1::", true)]
    public void Addresses_of_IPv6_are_equal_however_they_are_written(string asked, string value, bool expected)
    {
        AssertValue(expected, $"[\"{asked}\"]", $"\"{value}\"");
        AssertValue(asked == value, $$"""[{"exactly":"{{asked}}"}]""", $"\"{value}\"");
        AssertValue(asked != value, $$"""[{"anything-but":"{{asked}}"}]""", $"\"{value}\"");
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"c":2},"a":{"c":3}}""", true)]
    [InlineData("""{"a":{"b":1},"a":{"c":2}}""", false)]
    [InlineData("""{"a":{"b":2,"b":1,"c":2}}""", true)]
    [InlineData("""{"\u0061":{"\u0062":1.0,"c":2}}""", true)]
    [InlineData("""{"a":{"b":1,"c":2}} x""", false)]
    [InlineData("""{"a":{"b":1,"c":2},"x":[}""", false)]
    [InlineData("""{"a":{"b":1,"c":2},"x":01}""", false)]
    [InlineData("""not JSON""", false)]
    [InlineData("", false)]
    public void Names_may_stand_twice_and_be_escaped_and_what_is_not_json_does_not_match(string json, bool expected) =>
        Assert.Equal(expected, Matches("""{"a":{"b":[1],"c":[2]}}""", json));

    [Fact]
    public void Escapes_in_values_are_resolved_and_half_a_surrogate_pair_exists_but_equals_nothing()
    {
        AssertValue(true, """["a\"é🔑\n"]""", """ "\u0061\"\u00e9\ud83d\udd11\n" """);
        AssertValue(false, """["\ufffd",{"prefix":""},{"wildcard":"*"}]""", """ "\ud83d" """);
        AssertValue(true, """[{"exists":true}]""", """ "\ud83d" """);
        AssertValue(true, """[{"anything-but":"x"}]""", """ "\ud83dx" """);
    }

    [Fact]
    public void What_exists_nowhere_is_absent_also_where_there_is_no_object()
    {
        const string Pattern = """{"a":{"b":[{"exists":false}]}}""";
        Assert.True(Matches(Pattern, "{}"));
        Assert.True(Matches(Pattern, """{"a":5}"""));
        Assert.True(Matches(Pattern, """{"a":[]}"""));
        Assert.True(Matches(Pattern, "[]"));
        Assert.True(Matches(Pattern, "null"));
        Assert.True(Matches(Pattern, """{"a":[{"b":1},{}]}"""));
        Assert.False(Matches(Pattern, """{"a":[{"b":1}]}"""));
        Assert.False(Matches(Pattern, "{"));
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "an object with the names of fields is expected")]
    [InlineData("{}", "an empty object asks for nothing")]
    [InlineData("""{"a":{"b":{}}}""", "at a.b an empty object")]
    [InlineData("""{"a":"b"}""", "at a values stand in an array")]
    [InlineData("""{"a":[]}""", "at a an empty array")]
    [InlineData("""{"a":[1],"a":[2]}""", "at a the name stands twice")]
    [InlineData("""{"a":[[1]]}""", "at a[0] a string, a number, true, false, null or an operator")]
    [InlineData("""{"a":[{}]}""", "at a[0] an operator is expected")]
    [InlineData("""{"a":[{"contains":"x"}]}""", "at a[0] 'contains' is no operator")]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""", "at a[0] one operator is expected, not two")]
    [InlineData("""{"a":[1,{"prefix":1}]}""", "at a[1].prefix a string is expected")]
    [InlineData("""{"a":[{"prefix":{"wildcard":"x"}}]}""", "at a[0].prefix.wildcard only equals-ignore-case")]
    [InlineData("""{"a":[{"exists":"yes"}]}""", "at a[0].exists true or false")]
    [InlineData("""{"a":[{"wildcard":"a**b"}]}""", "two stars")]
    [InlineData("""{"a":[{"wildcard":"a\\b"}]}""", "a backslash must stand before")]
    [InlineData("""{"a":[{"wildcard":"a\\"}]}""", "a backslash must stand before")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0"}]}""", "a network is expected")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/33"}]}""", "a network is expected")]
    [InlineData("""{"a":[{"cidr":"::/129"}]}""", "a network is expected")]
    [InlineData("""{"a":[{"numeric":5}]}""", "comparisons with their numbers")]
    [InlineData("""{"a":[{"numeric":["!=",5]}]}""", "at a[0].numeric[0] one of")]
    [InlineData("""{"a":[{"numeric":[">","5"]}]}""", "at a[0].numeric[1] a number is expected")]
    [InlineData("""{"a":[{"numeric":[">",1733000000001,"<",1733000000000]}]}""", "the lower bound must be less")]
    [InlineData("""{"a":[{"exactly":1}]}""", "at a[0].exactly a string is expected")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",5]}]}""", "the lower bound must be less")]
    [InlineData("""{"a":[{"numeric":[">",5,">",6]}]}""", "a lower and an upper bound")]
    [InlineData("""{"a":[{"anything-but":[]}]}""", "a list of strings, or a list of numbers")]
    [InlineData("""{"a":[{"anything-but":["x",1]}]}""", "a list of strings, or a list of numbers")]
    [InlineData("""{"a":[{"anything-but":null}]}""", "a string or a number")]
    [InlineData("""{"a":[{"anything-but":{"prefix":""}}]}""", "an empty text would exclude")]
    [InlineData("""{"a":[{"anything-but":{"numeric":["=",1]}}]}""", "only prefix, suffix")]
    [InlineData("""{"$or":[{"a":[1]}]}""", "at $or an array is expected, of two alternatives")]
    [InlineData("""{"$or":{"a":[1],"b":[2]}}""", "at $or an array is expected, of two alternatives")]
    [InlineData("""{"a":{"$or":"b"}}""", "at a.$or an array is expected, of two alternatives")]
    [InlineData("""{"$or":[{"a":[1]},[2]]}""", "at $or[1] an object")]
    [InlineData("""{"$or":[{"prefix":["x"]},{"a":[1]}]}""", "at $or[0].prefix the name of a field")]
    [InlineData("""{"a":["\ud800"]}""", "half a surrogate pair")]
    public void A_faulty_pattern_is_refused_with_the_fault_and_its_place(string pattern, string expected)
    {
        Assert.False(EventPattern.TryParse(pattern, out EventPattern? none, out string? problem));
        Assert.Null(none);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_is_bounded_in_depth_length_and_fields()
    {
        Assert.False(EventPattern.TryParse(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "[1]" + new string('}', 40), out _, out string? deep));
        Assert.Contains("deeper than 32 levels", deep, StringComparison.Ordinal);
        Assert.False(EventPattern.TryParse($$"""{"a":["{{new string('x', 40_000)}}"]}""", out _, out string? large));
        Assert.Contains("32768 are allowed", large, StringComparison.Ordinal);
        Assert.False(EventPattern.TryParse("{" + string.Join(",", Enumerable.Range(0, 501).Select(static i => $"\"f{i}\":[{i}]")) + "}", out _, out string? many));
        Assert.Contains("may have 500 fields", many, StringComparison.Ordinal);
        Assert.False(EventPattern.TryParse(Product(2, 2, 2, 2, 2, 2, 2, 2, 2, 2), out _, out string? alternatives));
        Assert.Contains("may have 1000 alternatives", alternatives, StringComparison.Ordinal);
        Assert.False(EventPattern.TryParse($$"""{"{{new string('n', 257)}}":[1]}""", out _, out string? name));
        Assert.Contains("longer than 256 bytes", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_hundred_fields_are_judged()
    {
        string pattern = "{" + string.Join(",", Enumerable.Range(0, 500).Select(static i => $"\"f{i}\":[{i}]")) + "}";
        string json = "{" + string.Join(",", Enumerable.Range(0, 500).Select(static i => $"\"f{i}\":{i}")) + "}";
        Assert.True(Matches(pattern, json));
        Assert.False(Matches(pattern, json.Replace("\"f499\":499", "\"f499\":498", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_thousand_alternatives_are_judged()
    {
        string pattern = Product(10, 10, 10);
        Assert.True(Matches(pattern, """{"a":{"x":{"f0":9},"x":1},"b":{"x":{"f1":0}},"c":{"x":[{"f2":8},{"f2":5}]}}"""));
        Assert.False(Matches(pattern, """{"a":{"x":{"f0":9}},"b":{"x":{"f1":0}},"c":{"x":{"f2":10}}}"""));
    }

    [Fact]
    public void Events_of_any_depth_end_without_an_exception()
    {
        Assert.True(EventPattern.TryParse("""{"a":{"b":[1]},"c":[2]}""", out EventPattern? pattern, out _));
        foreach (string open in new[] { "[", "{\"a\":", "{\"a\":[", "{\"x\":", "{\"c\":[" })
        {
            Assert.False(pattern.Matches(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, 200_000)))));
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_an_event()
    {
        Assert.True(EventPattern.TryParse(
            """{"detail":{"state":[{"anything-but":{"wildcard":"*x"}}],"x-limit":[{"numeric":[">",5]}],"source-ip":[{"cidr":"10.0.0.0/8"}],"$or":[{"c-count":[5]},{"n\u00e9":[1]}]},"source":[{"equals-ignore-case":"AWS.ec2"}]}""",
            out EventPattern? pattern, out _));
        byte[] json = Encoding.UTF8.GetBytes(Event.Replace("aws.ec2", "\\u0061ws.ec2", StringComparison.Ordinal));
        Assert.True(pattern.Matches(json));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            pattern.Matches(json);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // As many $or as numbers, each with so many alternatives.
    private static string Product(params int[] counts) =>
        "{" + string.Join(",", counts.Select(static (count, i) =>
            $"\"{(char)('a' + i)}\":{{\"$or\":[{string.Join(",", Enumerable.Range(0, count).Select(n => $"{{\"x\":{{\"f{i}\":[{n}]}}}}"))}]}}")) + "}";

    private static void AssertValue(bool expected, string asked, string value) =>
        Assert.Equal(expected, Matches($"{{\"a\":{{\"b\":{asked}}}}}", $"{{\"x\":[{{\"b\":{{}}}}],\"a\":{{\"b\":{value}}},\"b\":[]}}"));

    private static bool Matches(string pattern, string json)
    {
        Assert.True(EventPattern.TryParse(pattern, out EventPattern? parsed, out string? problem), problem);
        return parsed.Matches(Encoding.UTF8.GetBytes(json));
    }
}
