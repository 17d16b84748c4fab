using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class DeadLetterTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:letters", Topic = "arn:aws:sns:us-east-1:123456789012:letters";

    [Theory]
    [InlineData("s3://letters", "letters", "", null)]
    [InlineData("s3://letters/", "letters", "", null)]
    [InlineData("s3://letters/of/mine/", "letters", "of/mine", null)]
    [InlineData("S3://my.letters-1/team=a/x_(1)!'.", "my.letters-1", "team=a/x_(1)!'.", null)]
    [InlineData("s3://letters/of/mine?region=eu-west-1", "letters", "of/mine", "eu-west-1")]
    [InlineData("s3://letters?region=cn-north-1", "letters", "", "cn-north-1")]
    public void A_bucket_has_a_prefix_and_perhaps_a_region(string text, string bucket, string prefix, string? region)
    {
        Assert.True(Destination.TryParseDeadLetter(text, out Destination? place, out string? problem), problem);
        Assert.Equal(new BucketDestination(text, bucket, prefix, region), place);
        Assert.Equal((region, text), (place.Region, place.Display));
    }

    [Theory]
    [InlineData("s3://", "bucket's name")]
    [InlineData("s3://ab/x", "bucket's name")]
    [InlineData("s3://Letters/x", "bucket's name")]
    [InlineData("s3://-letters/x", "bucket's name")]
    [InlineData("s3://letters./x", "bucket's name")]
    [InlineData("s3://let..ters/x", "bucket's name")]
    [InlineData("s3://192.168.5.4/x", "bucket's name")]
    [InlineData("s3://letters/a//b", "prefix")]
    [InlineData("s3://letters/a/../b", "prefix")]
    [InlineData("s3://letters/a/./b", "prefix")]
    [InlineData("s3://letters/a b", "prefix")]
    [InlineData("s3://letters/größe", "prefix")]
    [InlineData("s3://letters/a*", "prefix")]
    [InlineData("s3://letters/a?x=y", "prefix")]
    [InlineData("s3://letters/a?region=", "region")]
    [InlineData("s3://letters/a?region=eu west", "region")]
    [InlineData("letters", "neither a URL nor an ARN")]
    [InlineData("arn:aws:s3:::letters/of/mine", "not the ARN of an SQS queue")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:f", "not the ARN of an SQS queue")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t:0f1e", "subscription")]
    public void What_is_no_place_is_refused_with_the_forms_that_are(string text, string why)
    {
        Assert.False(Destination.TryParseDeadLetter(text, out _, out string? problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.EndsWith("; a dead letter is a queue's URL or ARN, a topic's ARN, or s3://bucket/prefix", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, OnFailure.Block)]
    [InlineData(null, "block", OnFailure.Block)]
    [InlineData(Queue, null, OnFailure.DeadLetter)]
    [InlineData(Queue, "DEADLETTER", OnFailure.DeadLetter)]
    [InlineData(Topic, "Block", OnFailure.Block)]
    [InlineData("s3://letters/x", "", OnFailure.DeadLetter)]
    public void Records_go_to_the_dead_letter_where_there_is_one_unless_they_are_to_block(string? place, string? onFailure, OnFailure expected)
    {
        Mapping? mapping = Read(("deadLetter", place), ("onFailure", onFailure));

        Assert.Equal((place, expected), (mapping?.DeadLetter?.Text, mapping?.OnFailure));
        Assert.Equal(mapping, MappingReader.Read(MappingWriter.Write(mapping!), out _));
    }

    [Theory]
    [InlineData(null, "deadLetter", "onFailure is 'deadLetter', but deadLetter is missing")]
    [InlineData(Queue, "drop", "onFailure 'drop' is not one of block, deadLetter")]
    [InlineData("https://user:secret@sqs.us-east-1.amazonaws.com/1/q", null, "deadLetter 'https://***@sqs.us-east-1.amazonaws.com/1/q': the URL has a user")]
    [InlineData("s3://letters/a?region=", "deadLetter", "deadLetter 's3://letters/a?region=': its region")]
    public void What_is_not_understood_makes_the_row_invalid(string? place, string? onFailure, string problem)
    {
        MappingReader.Read(Row(("deadLetter", place), ("onFailure", onFailure)), out InvalidMapping? invalid);

        Assert.StartsWith(problem, invalid?.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", invalid!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(". onFailure", invalid.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqs", Queue, "https://sqs.us-east-1.amazonaws.com/123456789012/letters", true)]
    [InlineData("sqs", "https://queue.amazonaws.com/123456789012/letters", Queue, true)]
    [InlineData("sqs", "http://127.0.0.1:4566/123456789012/letters", Queue, true)]
    [InlineData("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/letters", Queue, false)]
    [InlineData("sqs", "https://sqs.us-east-1.amazonaws.com/210987654321/letters", Queue, false)]
    [InlineData("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", Queue, false)]
    [InlineData("sns", Topic, Topic, true)]
    [InlineData("sns", Topic + "2", Topic, false)]
    [InlineData("sqs", Queue, Topic, false)]
    public void A_target_is_not_its_own_dead_letter(string type, string destination, string place, bool isSame)
    {
        MappingReader.Read(Row(("type", type), ("destination", destination), ("deadLetter", place)), out InvalidMapping? invalid);

        Assert.Equal(isSame ? $"deadLetter '{place}': it is the target's own destination, which did not take the record" : null, invalid?.Reason);
    }

    [Fact]
    public void The_source_is_no_dead_letter()
    {
        MappingReader.Read(Row(("sourceArn", Topic), ("deadLetter", Topic)), out InvalidMapping? invalid);

        Assert.Contains("it is the source itself", invalid?.Reason, StringComparison.Ordinal);
    }

    private static Mapping? Read(params (string, string?)[] changes)
    {
        Mapping? mapping = MappingReader.Read(Row(changes), out InvalidMapping? invalid);
        Assert.Null(invalid);
        return mapping;
    }

    private static Dictionary<string, AttributeValue> Row(params (string Name, string? Text)[] changes) =>
        Rows.Row([.. changes.Select(c => (c.Name, c.Text is null ? null : new AttributeValue(c.Text)))]);
}
