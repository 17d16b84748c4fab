using System.Collections;
using System.Management.Automation;
using FanOut.Parameters;

namespace FanOut.Tests.Parameters;

/// <summary>Which names of columns are taken for slips of a setting's, and which for names of somebody's own.</summary>
public class StrayPropertiesTests
{
    // A letter too few, too many, another one, two swapped; words apart; words cut; words left out; what others call it.
    [Theory]
    [InlineData("Transfrom", "Transform")]
    [InlineData("Trasnfrom", "Transform")]
    [InlineData("Colapse", "Collapse")]
    [InlineData("Veiw", "View")]
    [InlineData("Enable", "Enabled")]
    [InlineData("Enabeld", "Enabled")]
    [InlineData("Destinaton", "Destination")]
    [InlineData("DestinationRoleARM", "DestinationRoleArn")]
    [InlineData("MessageAttributes", "MessageAttribute")]
    [InlineData("HashKeys", "HashKey")]
    [InlineData("Dead_Letter", "DeadLetter")]
    [InlineData("dead letter", "DeadLetter")]
    [InlineData("dead-letter", "DeadLetter")]
    [InlineData("dead_letter_queue", "DeadLetter")]
    [InlineData("Collaps", "Collapse")]
    [InlineData("Coll", "Collapse")]
    [InlineData("Filt", "Filter")]
    [InlineData("Dest", "Destination")]
    [InlineData("DedupId", "DeduplicationId")]
    [InlineData("dedupid", "DeduplicationId")]
    [InlineData("DEDUP_ID", "DeduplicationId")]
    [InlineData("DedupeId", "DeduplicationId")]
    [InlineData("dedupe_id", "DeduplicationId")]
    [InlineData("Dedupe", "DeduplicationId")]
    [InlineData("MessageDeduplicationId", "DeduplicationId")]
    [InlineData("DocId", "DocumentId")]
    [InlineData("docid", "DocumentId")]
    [InlineData("DocAction", "DocumentAction")]
    [InlineData("MsgAttr", "MessageAttribute")]
    [InlineData("MsgAttributes", "MessageAttribute")]
    [InlineData("Attributes", "MessageAttribute")]
    [InlineData("UserProperties", "MessageAttribute")]
    [InlineData("GroupKey", "Key")]
    [InlineData("MessageGroupId", "Key")]
    [InlineData("DestRole", "DestinationRoleArn")]
    [InlineData("DestinationRole", "DestinationRoleArn")]
    [InlineData("RoleArn", "DestinationRoleArn")]
    [InlineData("role", "DestinationRoleArn")]
    [InlineData("DestRegion", "DestinationRegion")]
    [InlineData("DestArn", "Destination")]
    [InlineData("DestinationArn", "Destination")]
    [InlineData("MaxItem", "MaxItemBytes")]
    [InlineData("MaxBytes", "MaxItemBytes")]
    [InlineData("ItemBytes", "MaxItemBytes")]
    [InlineData("FilterPolicy", "Filter")]
    [InlineData("InputTemplate", "Transform")]
    [InlineData("HeaderSecret", "HeadersSecret")]
    [InlineData("SrcArn", "SourceArn")]
    [InlineData("TblName", "TableName")]
    [InlineData("ExtId", "ExternalId")]
    [InlineData("Dlq", "DeadLetter")]
    public void A_slip_of_a_target_s_setting(string name, string meant) => Assert.Equal(meant, Meant(RowProperties.OfTargets, name));

    [Theory]
    [InlineData("BatchSz", "BatchSize")]
    [InlineData("batch_size", "BatchSize")]
    [InlineData("BatchSze", "BatchSize")]
    [InlineData("BatchWindow", "BatchingWindow")]
    [InlineData("MaxRetryAttempts", "MaximumRetryAttempts")]
    [InlineData("RetryAttempts", "MaximumRetryAttempts")]
    [InlineData("Retries", "MaximumRetryAttempts")]
    [InlineData("MaxRecordAge", "MaximumRecordAge")]
    [InlineData("FailureDestination", "OnFailureDestination")]
    [InlineData("StartPos", "StartingPosition")]
    public void A_slip_of_a_source_s_setting(string name, string meant) => Assert.Equal(meant, Meant(RowProperties.OfSources, name));

    [Theory]
    [InlineData("FailedTreshold", "FailedThreshold")]
    public void A_slip_of_an_alarm_s_setting(string name, string meant) => Assert.Equal(meant, Meant(RowProperties.OfAlarms, name));

    // Columns of lists that are about more than FanOut, and words that look a little like ours.
    [Theory]
    [InlineData("Keys,KeyId,KeyName,PrimaryKey,KmsKeyArn,Kev")]
    [InlineData("View2,Views,Overview,Viewer,Review,Types,Filters,Filtered,Filter2,Sources,Resource,Resources,Regions,Index2,Indexes,DeadLetter2")]
    [InlineData("Team,Comment,Stage,Owner,Status,Name,Kind,State,Note,Notes,Title,Tags,Tag,Cost,CostCenter,Project,Ticket,Account,AccountId,Author,Env,Environment")]
    [InlineData("Date,Data,Time,Start,End,Created,CreatedAt,Updated,Version,Versions,Size,Count,Total,Bytes,Format,Action,Actions,Rule,Rules,Roles,Role2,Level,Priority")]
    [InlineData("Description,Desc,Details,Detail,Document,Documents,Event,Events,EventId,EventType,EventName,Message,MessageId,Messages,Record,Records,RecordId,RecordType")]
    [InlineData("Hash,HashId,Batch,BatchId,Dead,Pass,Password,Url,Uri,Host,Port,Endpoint,Group,GroupId,GroupName,Partition,Shard,ShardId,Item,Items,ItemId,MaxItems")]
    [InlineData("SourceId,SourceName,TargetId,Target,TargetName,Queue,QueueName,Topic,TopicName,Stream,StreamName,Bucket,Table,TableId,Function,User,UserId,UserName,Id2")]
    [InlineData("DataType,DocType,DocumentType,Disabled,Delivered,Failed,Retried,Duration,External,Internal,Reform,Meat,Soar,Parent,Deadline,Transaction,Transport,Transfer,InternalId,DocumentNo,DocumentUrl,EventTime,Documentation,Documented,Tape,Hype,Vies,Convert,Converted,Appended,Passed")]
    public void A_name_of_one_s_own(string names)
    {
        foreach (string name in names.Split(','))
        {
            Assert.Null(Meant(RowProperties.OfTargets, name));
        }
    }

    [Theory]
    [InlineData("Team,Comment,Start,StartTime,Batch,BatchId,Record,Position,Window,Size,Age,Failure,Parallel,Factor,Retry,Status,Keys,View2,Suspend2,StartDate")]
    public void A_name_of_one_s_own_beside_a_source(string names)
    {
        foreach (string name in names.Split(','))
        {
            Assert.Null(Meant(RowProperties.OfSources, name));
        }
    }

    [Theory]
    [InlineData("Filters", "Filter")]
    [InlineData("Filter2", "Filter")]
    [InlineData("transforms", "Transform")]
    [InlineData("Keys", null)]
    public void A_plural_and_a_numbered_one_of_JSON_is_a_slip_where_the_setting_is_JSON(string name, string? meant)
    {
        Assert.Equal(meant, Meant(RowProperties.OfTargets, name, " {\"data\":{\"a\":[1]}}"));
        Assert.Equal(meant, Meant(RowProperties.OfTargets, name, new Hashtable { ["data"] = "a" }));
        Assert.Equal(meant, Meant(RowProperties.OfTargets, name, Row("data", "a")));
    }

    [Fact]
    public void What_the_row_has_itself_needs_no_other_property()
    {
        PSObject row = Row("DedupId", "x");
        row.Properties.Add(new PSNoteProperty("DeduplicationId", "<data.id>"));

        Assert.Empty(RowProperties.OfTargets.In(row, static _ => false));
        Assert.Empty(RowProperties.OfTargets.In(Row("DedupId", "x"), static p => p == "DeduplicationId"));
    }

    private static string? Meant(StrayProperties strays, string name, object? value = null) =>
        strays.In(Row(name, value ?? "x"), static _ => false).SingleOrDefault()?.Meant;

    private static PSObject Row(string name, object value)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }
}
