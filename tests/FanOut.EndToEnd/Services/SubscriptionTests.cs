using System.Text.Json.Nodes;
using FanOut.Aws.Lambda;
using FanOut.Aws.Sns;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

/// <summary>What connects a topic with a function, at moto.</summary>
public sealed class SubscriptionTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_is_subscribed_listed_and_unsubscribed()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, "subscribed");
        await api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "subscribed"));
        string topic = $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:subscribed", function = $"arn:aws:lambda:{Emulated.Region}:{Emulated.Account}:function:subscribed";
        using AmazonSimpleNotificationServiceClient sns = new(Emulated.Credentials, Emulated.Config(AmazonSimpleNotificationServiceClient.Service, endpoint));
        Dictionary<string, string> attributes = new() { ["FilterPolicy"] = """{"a":["b"]}""", ["FilterPolicyScope"] = "MessageBody" };

        SubscribeResponse made = await sns.SubscribeAsync(
            new() { TopicArn = topic, Protocol = "lambda", Endpoint = function, Attributes = attributes, ReturnSubscriptionArn = true }, Cancellation);
        List<Subscription> byTopic = (await sns.ListSubscriptionsByTopicAsync(new() { TopicArn = topic }, Cancellation)).Subscriptions!;
        List<Subscription> all = (await sns.ListSubscriptionsAsync(new(), Cancellation)).Subscriptions!;
        Dictionary<string, string> described = (await sns.GetSubscriptionAttributesAsync(new() { SubscriptionArn = made.SubscriptionArn! }, Cancellation)).Attributes!;
        await sns.UnsubscribeAsync(new() { SubscriptionArn = made.SubscriptionArn! }, Cancellation);

        Subscription only = Assert.Single(byTopic);
        Assert.Equal((made.SubscriptionArn, "lambda", function, topic, Emulated.Account), (only.SubscriptionArn, only.Protocol, only.Endpoint, only.TopicArn, only.Owner));
        Assert.Contains(made.SubscriptionArn, all.Select(static s => s.SubscriptionArn));
        Assert.Equal(attributes, described.Where(d => attributes.ContainsKey(d.Key)).ToDictionary());
        Assert.Empty((await sns.ListSubscriptionsByTopicAsync(new() { TopicArn = topic }, Cancellation)).Subscriptions!);
    }

    [Fact]
    public async Task A_permission_is_given_and_taken_back()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, "permitted");
        using AmazonLambdaClient lambda = new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));
        string topic = $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:permitted";

        await lambda.AddPermissionAsync(
            new()
            {
                FunctionName = "permitted", StatementId = "FanOut-1", Action = "lambda:InvokeFunction", Principal = "sns.amazonaws.com", SourceArn = topic,
                SourceAccount = Emulated.Account,
            },
            Cancellation);
        JsonNode statement = Assert.Single(JsonNode.Parse((await lambda.GetPolicyAsync(new() { FunctionName = "permitted" }, Cancellation)).Policy!)!["Statement"]!.AsArray())!;
        await lambda.RemovePermissionAsync(new() { FunctionName = "permitted", StatementId = "FanOut-1" }, Cancellation);

        Assert.Equal("FanOut-1", (string?)statement["Sid"]);
        AmazonLambdaException gone = await Assert.ThrowsAsync<AmazonLambdaException>(() => lambda.RemovePermissionAsync(new() { FunctionName = "permitted", StatementId = "FanOut-1" }, Cancellation));
        Assert.Equal("ResourceNotFoundException", gone.ErrorCode);
    }

    [Fact]
    public async Task Asynchronous_settings_are_put_and_read()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, "asynchronous");
        using AmazonLambdaClient lambda = new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));

        AmazonLambdaException none = await Assert.ThrowsAsync<AmazonLambdaException>(() => lambda.GetFunctionEventInvokeConfigAsync(new() { FunctionName = "asynchronous" }, Cancellation));
        await lambda.PutFunctionEventInvokeConfigAsync(
            new()
            {
                FunctionName = "asynchronous",
                Settings = new()
                {
                    MaximumRetryAttempts = 1,
                    MaximumEventAgeInSeconds = 60,
                    DestinationConfig = new() { OnFailure = new() { Destination = "arn:aws:sqs:us-east-1:123456789012:f" }, OnSuccess = new() { Destination = "arn:aws:sqs:us-east-1:123456789012:s" } },
                },
            },
            Cancellation);
        EventInvokeConfigSettings read = (await lambda.GetFunctionEventInvokeConfigAsync(new() { FunctionName = "asynchronous" }, Cancellation)).Settings;

        Assert.Equal("ResourceNotFoundException", none.ErrorCode);
        Assert.Equal((1, 60), (read.MaximumRetryAttempts, read.MaximumEventAgeInSeconds));
        Assert.Equal(
            ("arn:aws:sqs:us-east-1:123456789012:f", "arn:aws:sqs:us-east-1:123456789012:s"),
            (read.DestinationConfig!.OnFailure!.Destination, read.DestinationConfig.OnSuccess!.Destination));
    }
}
