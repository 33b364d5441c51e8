// Intercom's official client for Node through a workspace, for test_node_client.py.
//
// WORKSPACE_URL, WORKSPACE_TOKEN and RUN (a name nothing else in the workspace has) come from the environment;
// SEARCH_LAG is how many seconds a search may take to know of a change. One JSON object per step goes to standard
// output, and whatever the steps made is removed at the end.

"use strict";

const assert = require("node:assert/strict");
const { IntercomClient, IntercomError, Intercom } = require("intercom-client");

const { WORKSPACE_URL: baseUrl, WORKSPACE_TOKEN: token, RUN: run, SEARCH_LAG: lag = "0" } = process.env;
const EVENT = "iac-contract-checked";
const NOWHERE = "000000000000000000000000";
// The client's types end at 2.14, its own default; the header takes any version.
const intercom = new IntercomClient({ token, baseUrl, version: "2.16", maxRetries: 0 });

const removals = [];
const remove = (what, removal) => removals.unshift([what, removal]);

async function contact(number, more = {}) {
    const name = `${run} ${number}`;
    const made = await intercom.contacts.create({ role: "user", external_id: name, name, ...more });
    remove(`contact ${made.id}`, () => intercom.contacts.delete({ contact_id: made.id }));
    return made;
}

async function attribute(name, more = {}) {
    const made = await intercom.dataAttributes.create({ name, model: "contact", data_type: "string", ...more });
    remove(`attribute ${name}`, () =>
        intercom.dataAttributes.update({ data_attribute_id: made.id, body: { archived: true } }),
    );
    return made;
}

async function eventually(read, right) {
    const end = Date.now() + Number(lag) * 1000;
    for (;;) {
        const answer = await read();
        if (right(answer) || Date.now() >= end) return answer;
        await new Promise((resume) => setTimeout(resume, 2000));
    }
}

async function all(page, most = 200) {
    const items = [];
    for await (const item of page) {
        items.push(item);
        if (items.length === most) break;
    }
    return items;
}

const ids = (items) => items.map((item) => item.id);

const steps = {
    async me() {
        const me = await intercom.admins.identify();
        assert.equal(me.type, "admin");
        assert.ok(me.app.id_code);
    },

    async attributes() {
        const name = `${run} text`;
        const made = await attribute(name, { description: "first" });
        assert.deepEqual([made.type, made.name, made.full_name], ["data_attribute", name, `custom_attributes.${name}`]);
        const options = [{ value: "free" }, { value: "pro" }];
        const list = await attribute(`${run} list`, { model: "company", data_type: "options", options });
        assert.deepEqual(list.options, ["free", "pro"]);
        const listed = await intercom.dataAttributes.list({ model: "contact" });
        assert.ok(ids(listed.data).includes(made.id));
        const body = { description: "second", messenger_writable: true };
        const changed = await intercom.dataAttributes.update({ data_attribute_id: made.id, body });
        assert.deepEqual([changed.description, changed.messenger_writable], ["second", true]);
        const archived = await intercom.dataAttributes.update({
            data_attribute_id: made.id,
            body: { archived: true },
        });
        assert.equal(archived.archived, true);
        assert.ok(!ids((await intercom.dataAttributes.list()).data).includes(made.id));
        const kept = await intercom.dataAttributes.list({ include_archived: true });
        assert.ok(ids(kept.data).includes(made.id));
    },

    async contacts() {
        const made = await contact("person", { unsubscribed_from_emails: true });
        assert.deepEqual([made.type, made.role], ["contact", "user"]);
        assert.equal((await intercom.contacts.find({ contact_id: made.id })).external_id, made.external_id);
        const found = await intercom.contacts.showContactByExternalId({ external_id: made.external_id });
        assert.equal(found.id, made.id);
        const changed = await intercom.contacts.update({ contact_id: made.id, name: `${run} renamed` });
        assert.equal(changed.name, `${run} renamed`);
        assert.equal((await intercom.contacts.archive({ contact_id: made.id })).archived, true);
        assert.equal((await intercom.contacts.unarchive({ contact_id: made.id })).archived, false);
        assert.equal((await intercom.contacts.delete({ contact_id: made.id })).deleted, true);
    },

    async search() {
        const made = [];
        for (const number of [1, 2, 3, 4, 5]) made.push((await contact(`found ${number}`)).id);
        const query = { field: "name", operator: "^", value: `${run} found` };
        const found = await eventually(
            async () => ids(await all(await intercom.contacts.search({ query, pagination: { per_page: 2 } }))),
            (each) => each.length === 5,
        );
        assert.deepEqual([...found].sort(), [...made].sort());
        const listed = await all(await intercom.contacts.list({ per_page: 2 }));
        assert.equal(new Set(ids(listed)).size, listed.length);
    },

    async events() {
        const person = await contact("active");
        const created_at = Math.floor(Date.now() / 1000);
        await intercom.events.create({
            event_name: EVENT,
            created_at,
            user_id: person.external_id,
            metadata: { part: "events" },
        });
        const listed = await eventually(
            () => intercom.events.list({ type: "user", user_id: person.external_id }),
            (answer) => answer.events.length === 1,
        );
        assert.equal(listed.events[0].event_name, EVENT);
        const summary = await intercom.events.list({ type: "user", user_id: person.external_id, summary: true });
        assert.deepEqual([summary.events[0].name, summary.events[0].count], [EVENT, 1]);
    },

    async tags() {
        const tag = await intercom.tags.create({ name: run });
        remove(`tag ${tag.id}`, () => intercom.tags.delete({ tag_id: tag.id }));
        assert.deepEqual([tag.type, tag.name], ["tag", run]);
        assert.ok(ids((await intercom.tags.list()).data).includes(tag.id));
        const person = await contact("tagged");
        await intercom.tags.tagContact({ contact_id: person.id, id: tag.id });
        assert.deepEqual(ids((await intercom.contacts.listAttachedTags({ contact_id: person.id })).data), [tag.id]);
        await intercom.tags.untagContact({ contact_id: person.id, tag_id: tag.id });
        assert.deepEqual((await intercom.contacts.listAttachedTags({ contact_id: person.id })).data, []);
        await intercom.tags.delete({ tag_id: tag.id });
        await assert.rejects(intercom.tags.find({ tag_id: tag.id }), Intercom.NotFoundError);
    },

    async companies() {
        const made = [];
        const person = await contact("employee");
        for (const number of [1, 2, 3]) {
            const name = `${run} ${number}`;
            const company = await intercom.companies.createOrUpdate({ company_id: name, name, plan: "pro" });
            remove(`company ${company.id}`, () => intercom.companies.delete({ company_id: company.id }));
            assert.equal(company.plan.name, "pro");
            await intercom.companies.attachContact({ contact_id: person.id, id: company.id });
            made.push(company.id);
        }
        const changed = await intercom.companies.update({ company_id: made[0], body: { name: `${run} renamed` } });
        assert.equal(changed.name, `${run} renamed`);
        const people = await intercom.companies.listAttachedContacts({ company_id: made[0] });
        assert.deepEqual(ids(people.data), [person.id]);
        if (lag === "0") {
            const listed = ids(await all(await intercom.companies.list({ per_page: 2 }), 1000));
            assert.ok(listed.length < 1000, "the pager does not end");
            for (const id of made) assert.ok(listed.includes(id));
        }
        await intercom.companies.detachContact({ contact_id: person.id, company_id: made[0] });
        const gone = await intercom.companies.delete({ company_id: made[0] });
        assert.deepEqual([gone.id, gone.deleted], [made[0], true]);
    },

    async segments() {
        const { segments } = await intercom.segments.list({ include_count: true });
        for (const segment of segments.slice(0, 3)) {
            assert.equal(typeof segment.count, "number");
            assert.equal((await intercom.segments.find({ segment_id: segment.id })).name, segment.name);
        }
    },

    async errors() {
        await attribute(`${run} taken`);
        await assert.rejects(
            intercom.dataAttributes.create({ name: `${run} taken`, model: "contact", data_type: "string" }),
            (error) => {
                assert.ok(error instanceof Intercom.BadRequestError);
                assert.equal(error.body.errors[0].code, "parameter_invalid");
                return true;
            },
        );
        const headers = { Authorization: "Basic x" };
        await assert.rejects(intercom.tags.list({ headers }), Intercom.UnauthorizedError);
        await assert.rejects(intercom.companies.find({ company_id: NOWHERE }), Intercom.NotFoundError);
        await assert.rejects(
            intercom.dataAttributes.update({ data_attribute_id: 999999999, body: { archived: true } }),
            Intercom.NotFoundError,
        );
        await contact("twice");
        const name = `${run} twice`;
        await assert.rejects(intercom.contacts.create({ role: "user", external_id: name, name }), (error) => {
            assert.ok(error instanceof IntercomError);
            assert.equal(error.statusCode, 409);
            return true;
        });
        await assert.rejects(intercom.dataAttributes.list({ model: "conversation" }), { statusCode: 422 });
    },
};

async function attempt(step, act) {
    let problem = null;
    try {
        await act();
    } catch (error) {
        problem = error.stack ?? String(error);
    }
    console.log(JSON.stringify({ step, problem }));
}

(async () => {
    for (const [step, act] of Object.entries(steps)) await attempt(step, act);
    for (const [what, removal] of removals) {
        await attempt(`remove ${what}`, async () => {
            await removal().catch((error) => {
                if (error.statusCode !== 404) throw error;
            });
        });
    }
})();
